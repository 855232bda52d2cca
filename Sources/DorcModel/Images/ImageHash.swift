internal import Crypto

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
        hasher.update(data: Array(name.utf8))
        add(length: content.count)
        hasher.update(data: content)
    }

    /// 64 hexadecimal digits.
    func digest() -> String { HexadecimalDigest.text(hasher.finalize()) }

    private mutating func add(length: Int) {
        withUnsafeBytes(of: UInt64(length).littleEndian) { hasher.update(bufferPointer: $0) }
    }
}

/// SHA-256 of bytes, as 64 hexadecimal digits.
package enum HexadecimalDigest {
    package static func sha256(_ bytes: [UInt8]) -> String {
        text(SHA256.hash(data: bytes))
    }

    /// The first digits of the SHA-256 of a text, for the suffix of a shortened name.
    package static func short(_ text: String, digits: Int = 8) -> String {
        var text = text
        let digest = text.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
        return self.text(digest.prefix((digits + 1) / 2))
    }

    /// Two digits a byte.
    static func text(_ digest: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        for byte in digest {
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
