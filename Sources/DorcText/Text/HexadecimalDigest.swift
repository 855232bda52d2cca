/// SHA-256 of bytes, as 64 hexadecimal digits.
package enum HexadecimalDigest {
    package static func sha256(_ bytes: [UInt8]) -> String {
        var hasher = SHA256()
        hasher.update(bytes)
        return text(hasher.finalize())
    }

    /// The first digits of the SHA-256 of a text, for the suffix of a shortened name.
    package static func short(_ text: String, digits: Int = 8) -> String {
        var text = text
        var hasher = SHA256()
        text.withUTF8 { hasher.update($0) }
        return self.text(hasher.finalize().prefix((digits + 1) / 2))
    }

    /// Two digits a byte, of which there are as many as a digest has at most.
    package static func text(_ digest: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: 2 * SHA256.digestLength) { digits in
            var count = 0
            for byte in digest.prefix(SHA256.digestLength) {
                digits[count] = digit(byte >> 4)
                digits[count + 1] = digit(byte & 15)
                count += 2
            }
            return count
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
