/// A field's name as it is written in a path.
package enum JSONataName {
    private static let keywords: Set<String> = ["and", "or", "in", "true", "false", "null", "function"]

    /// In backticks where JSONata needs them. The name itself has none.
    package static func written(_ name: String) -> String {
        let isWord =
            name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            } && name.utf8.first.map { !(0x30...0x39).contains($0) } ?? false
        return isWord && !keywords.contains(name) ? name : "`\(name)`"
    }
}
