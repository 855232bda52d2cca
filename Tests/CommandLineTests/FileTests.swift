import DorcSynth
import DorcTemplates
import DorcTestSupport
import DorcText
import Testing

@testable import DorcCommandLine

@Suite struct OpenFileTests {
    @Test func `a file is read to its end, also where it has grown`() throws {
        try inTemporaryFolder { folder in
            let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
            try createFile(folder + "/x", bytes)
            let file = try OpenFile(folder + "/x", .reading)
            #expect(try file.bytes(size: 3) == bytes)
            #expect(try OpenFile(folder + "/x", .reading).bytes(size: 100_000, limit: 100_000) == bytes)
            #expect(try OpenFile(folder + "/x", .reading).bytes(size: 3, limit: 99_999) == nil)
        }
    }

    @Test func `a new file replaces nothing`() throws {
        try inTemporaryFolder { folder in
            try createFile(folder + "/x", [1])
            #expect(throws: OutputError.system("create", path: folder + "/x", .exists)) {
                try createFile(folder + "/x", [2])
            }
            let bytes = try readFile(folder + "/x")
            #expect(bytes == [1])
        }
    }

    @Test func `a folder is not read as a file`() throws {
        try inTemporaryFolder { folder in
            #expect(throws: OutputError.noFile(folder)) { try readFile(folder) }
            let missing = try readFile(folder + "/missing/x")
            #expect(missing == nil)
        }
    }
}

@Suite struct FolderLockTests {
    @Test func `a busy folder is told after a while`() throws {
        try inTemporaryFolder { folder in
            var waited = 0
            do {
                let first = try FolderLock(folder, .exclusive) {}
                #expect(throws: OutputError.busy(folder)) {
                    try FolderLock(folder, .shared, patience: 0) { waited += 1 }
                }
                withExtendedLifetime(first) {}
            }
            #expect(waited == 1)
            _ = try FolderLock(folder, .exclusive, patience: 0) {}
        }
    }

    @Test func `readers share a folder`() throws {
        try inTemporaryFolder { folder in
            let first = try FolderLock(folder, .shared, patience: 0) {}
            let second = try FolderLock(folder, .shared, patience: 0) {}
            withExtendedLifetime((first, second)) {}
        }
    }
}

@Suite struct ManifestReadingTests {
    private let text = """
        {"version": 1, "project": "p", "registryAccount": null, "unknown": [{}, 1.5, true],
         "stacks": [{"name": "a", "kind": "core", "environment": null, "pipeline": "raw/x", "template": "t.yaml",
          "region": "r", "account": "012345678901", "dependsOn": ["b"], "capabilities": [], "tags": {"k\\u00e9\\ud83d\\ude00": "v\\n"},
          "resources": 3, "bytes": 4, "sha256": "5", "deadlines":
           [{"trigger": "t", "kind": "last year", "timezone": "UTC", "time": "2030-01-01T06:00:00"}]}],
         "images": [], "files": ["t.yaml"]}
        """

    @Test func `what the program wrote is read back`() throws {
        let manifest = try #require(Manifest(Array(text.utf8)))
        let stack = try #require(manifest.stacks.first)
        #expect(manifest.project == "p" && manifest.files == ["t.yaml"] && manifest.registryAccount == nil)
        #expect(
            stack.tags["ké😀"] == "v\n" && stack.tags.entries.count == 1 && stack.resources == 3
                && stack.account == "012345678901")
        #expect(stack.deadlines?.first?.kind == .lastYear && stack.environment == nil && stack.dependsOn == ["b"])
        #expect(Manifest(manifest.bytes) == manifest)
        let written = String(decoding: manifest.bytes, as: UTF8.self)
        #expect(written.contains("\"version\": 2") && !written.contains("sha256") && !written.contains("bytes"))
    }

    @Test func `a version that is not known yet is told apart from what is no manifest`() {
        let later = Array(text.replacing("\"version\": 1", with: "\"version\": 3, \"stacks\": 7").utf8)
        #expect(Manifest(later) == nil && Manifest.laterVersion(later) == 3)
        #expect(Manifest.laterVersion(Array(text.utf8)) == nil)
        #expect(Manifest.laterVersion(Array("{\"version\": 3}".utf8)) == nil)
    }

    @Test(arguments: [
        ("\"version\": 1", "\"version\": 99"), ("\"version\": 1", "\"version\": \"1\""), ("\"project\": \"p\",", ""),
        ("[\"t.yaml\"]", "[\"../x\"]"), ("[\"t.yaml\"]", "[1]"), ("\"images\": []", "\"images\": {}"),
        ("last year", "next year"), ("]}\n", "]}\n}"), ("{\"version\"", "<<<<<<<\n{\"version\""),
        ("\\ud83d", "\\ud83dx"),
        ("\"version\": 1", "\"version\": 0"), ("\"resources\": 3", "\"resources\": \"3\""), ("true]", "tru]"),
        ("1.5", "1.5.5"), ("\"r\"", "\"r\u{1}\""),
        ("}]}]", "}]}],"),
    ])
    func `what is not a manifest is not read`(part: String, other: String) {
        let text = text + "\n"
        #expect(text.contains(part))
        #expect(Manifest(Array(text.replacing(part, with: other).utf8)) == nil)
    }

    @Test func `broken and deep text is not read`() {
        let bytes = Array(text.utf8)
        for end in bytes.indices { #expect(Manifest(Array(bytes[..<end])) == nil) }
        #expect(JSONValue(json: [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)) == nil)
        #expect(Manifest([0xFF]) == nil && Manifest([]) == nil)
    }
}
