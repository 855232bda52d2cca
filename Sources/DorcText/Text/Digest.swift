internal import CNettle

/// A running SHA-256 (FIPS 180-4), computed by nettle, which uses the processor's own instructions where it has them.
package struct SHA256 {
    private var context = sha256_ctx()

    static let digestLength = Int(SHA256_DIGEST_SIZE)

    package init() {
        nettle_sha256_init(&context)
    }

    package mutating func update(_ bytes: [UInt8]) {
        nettle_sha256_update(&context, bytes.count, bytes)
    }

    mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        nettle_sha256_update(&context, bytes.count, start)
    }

    package mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update($0) }
    }

    /// A number in eight bytes, the lowest first.
    package mutating func update(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { update($0.bindMemory(to: UInt8.self)) }
    }

    /// 32 bytes; what was added so far is forgotten.
    package mutating func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.digestLength) { digest, count in
            nettle_sha256_digest(&context, Self.digestLength, digest.baseAddress)
            count = Self.digestLength
        }
    }
}

/// SHA-256 of bytes, as 64 hexadecimal digits.
package enum HexadecimalDigest {
    package static func sha256(_ bytes: [UInt8]) -> String { bytes.withUnsafeBufferPointer(sha256) }

    package static func sha256(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var hasher = SHA256()
        hasher.update(bytes)
        return text(hasher.finalize())
    }

    /// The first digits of the SHA-256 of a text, for the suffix of a shortened name.
    package static func short(_ text: String, digits: Int = 8) -> String {
        var hasher = SHA256()
        hasher.update(text)
        return self.text(hasher.finalize().prefix((digits + 1) / 2))
    }

    /// Two digits a byte.
    package static func text(_ digest: [UInt8]) -> String { text(digest[...]) }

    private static func text(_ digest: ArraySlice<UInt8>) -> String {
        String(unsafeUninitializedCapacity: 2 * digest.count) { digits in
            for (index, byte) in digest.enumerated() {
                digits[2 * index] = digit(byte >> 4)
                digits[2 * index + 1] = digit(byte & 15)
            }
            return 2 * digest.count
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
