import Foundation
import DorcTestSupport
import Testing
@testable import DorcCommandLine

@Suite struct ScaffoldWriterTests {
    private let files = [
        ScaffoldFile(path: "a.txt", text: "a"), ScaffoldFile(path: "src/raw/b.txt", text: "b"),
        ScaffoldFile(path: "src/raw/c.txt", text: ""),
    ]

    @Test func `files are made with their folders`() throws {
        try inTemporaryFolder { folder in
            try ScaffoldWriter(root: folder + "/new/project").write(files)
            #expect(
                contents(of: folder) == ["new/project/a.txt", "new/project/src/raw/b.txt", "new/project/src/raw/c.txt"])
            #expect(try String(contentsOfFile: folder + "/new/project/src/raw/b.txt", encoding: .utf8) == "b")
        }
    }

    @Test func `every file in the way is named, and nothing is written`() throws {
        try inTemporaryFolder { folder in
            let writer = ScaffoldWriter(root: folder)
            try writer.write([ScaffoldFile(path: "src/raw/c.txt", text: "mine")])
            try FileManager.default.createSymbolicLink(atPath: folder + "/a.txt", withDestinationPath: "nowhere")
            #expect(throws: ScaffoldError.existing(["a.txt", "src/raw/c.txt"], folder: folder)) {
                try writer.write(files)
            }
            #expect(contents(of: folder) == ["a.txt", "src/raw/c.txt"])
            #expect(try String(contentsOfFile: folder + "/src/raw/c.txt", encoding: .utf8) == "mine")
        }
    }

    @Test func `a linked folder is not written through`() throws {
        try inTemporaryFolder { folder in
            try ScaffoldWriter(root: folder).write([ScaffoldFile(path: "elsewhere/x", text: "")])
            try ScaffoldWriter(root: folder).write([ScaffoldFile(path: "project/x", text: "")])
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/project/src", withDestinationPath: "../elsewhere")
            #expect(throws: ScaffoldError.notAFolder(path: folder + "/project/src", isLink: true)) {
                try ScaffoldWriter(root: folder + "/project").write(files)
            }
            #expect(contents(of: folder) == ["elsewhere/x", "project/src", "project/x"])
        }
    }

    @Test func `a file where a folder should be is named`() throws {
        try inTemporaryFolder { folder in
            try ScaffoldWriter(root: folder).write([ScaffoldFile(path: "src", text: "")])
            #expect(throws: ScaffoldError.notAFolder(path: folder + "/src", isLink: false)) {
                try ScaffoldWriter(root: folder).write(files)
            }
            #expect(contents(of: folder) == ["src"])
        }
    }

    @Test func `what was made is removed where a later file fails`() throws {
        try inTemporaryFolder { folder in
            let tooLong = ScaffoldFile(path: "src/new/" + String(repeating: "x", count: 300), text: "")
            try ScaffoldWriter(root: folder).write([ScaffoldFile(path: "src/kept.txt", text: "")])
            for root in [folder, folder + "/deep/root"] {
                #expect(throws: ScaffoldError.self) { try ScaffoldWriter(root: root).write(files + [tooLong]) }
            }
            #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == ["src", "src/kept.txt"])
        }
    }

    @Test(arguments: ["../x", "a/../../x", "/x", "a//x", ".", ""])
    func `a path out of the folder is refused`(path: String) throws {
        try inTemporaryFolder { folder in
            #expect(throws: ScaffoldError.outside(path: path, folder: folder + "/root")) {
                try ScaffoldWriter(root: folder + "/root").write([ScaffoldFile(path: path, text: "")])
            }
            #expect(contents(of: folder) == [])
        }
    }

    /// Files and links below `folder`, sorted.
    private func contents(of folder: String) -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return paths.filter { path in
            let type =
                try? FileManager.default.attributesOfItem(atPath: folder + "/" + path)[.type] as? FileAttributeType
            return type != .typeDirectory
        }.sorted()
    }
}

@Suite struct ConfigLocationTests {
    @Test func `the nearest config repository upwards is taken`() throws {
        try inTemporaryFolder { folder in
            let files = ["dorc.yaml", "src/raw/census/x", "inner/dorc.yaml", "inner/src/x"]
            try ScaffoldWriter(root: folder).write(files.map { ScaffoldFile(path: $0, text: "") })
            #expect(ConfigLocation.nearest(from: folder + "/src/raw/census") == folder)
            #expect(ConfigLocation.nearest(from: folder + "/inner/src") == folder + "/inner")
            #expect(ConfigLocation.nearest(from: "/nowhere") == nil)
        }
    }

    @Test func `a function needs its pipeline`() throws {
        let answers = pipeline().first
        try inTemporaryFolder { folder in
            #expect(throws: ScaffoldError.noPipeline(answers.function.pipeline, file: "src/raw/census/pipeline.yaml")) {
                try ConfigLocation.definition(of: answers, in: folder)
            }
        }
    }
}
