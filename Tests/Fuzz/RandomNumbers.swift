/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators"): the same numbers for the same seed,
/// on every machine.
struct RandomNumbers: RandomNumberGenerator {
    private var state: UInt64

    /// Seeds that differ in one part give unrelated numbers.
    init(_ parts: UInt64...) {
        state = 0
        for part in parts {
            state ^= part
            state = next()
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &self) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// - Precondition: `items` is not empty.
    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}
