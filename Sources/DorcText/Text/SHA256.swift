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

    /// 32 bytes; what was added so far is forgotten.
    package mutating func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.digestLength) { digest, count in
            nettle_sha256_digest(&context, Self.digestLength, digest.baseAddress)
            count = Self.digestLength
        }
    }
}
