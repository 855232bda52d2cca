internal import DorcText

/// The content hash that tags an image: SHA-256 over everything that goes into it, so that a template changes exactly
/// where a deployment would change something. Every part enters with its name and length, so that no two different
/// inputs give the same bytes.
struct ImageHash {
    private var hasher = SHA256()

    init() {
        add(name: "dorc image", Array("1".utf8))
    }

    mutating func add(name: String, _ content: [UInt8]) {
        add(length: name.utf8.count)
        hasher.update(name)
        add(length: content.count)
        hasher.update(content)
    }

    /// A file with the part of its mode that Docker copies and git keeps.
    mutating func add(file name: String, _ content: SourceContent) {
        add(name: (content.isExecutable ? "executable/" : "file/") + name, content.bytes)
    }

    /// A symbolic link that Docker copies as it is.
    mutating func add(link name: String, _ text: String) {
        add(name: "link/" + name, Array(text.utf8))
    }

    /// 64 hexadecimal digits.
    mutating func digest() -> String { HexadecimalDigest.text(hasher.finalize()) }

    private mutating func add(length: Int) {
        hasher.update(UInt64(length))
    }
}
