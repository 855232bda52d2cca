extension String {
    /// Several texts one after another. Names are made of them by the ten thousand: this takes one allocation, where an
    /// interpolation takes several.
    package init(joining parts: String...) {
        let count = parts.reduce(0) { $0 + $1.utf8.count }
        self.init(unsafeUninitializedCapacity: count) { bytes in
            var end = 0
            for part in parts {
                let rest = UnsafeMutableBufferPointer(rebasing: bytes[end...])
                let copied: Void? = part.utf8.withContiguousStorageIfAvailable { _ = rest.update(fromContentsOf: $0) }
                if copied == nil { _ = rest.update(fromContentsOf: Array(part.utf8)) }
                end += part.utf8.count
            }
            return end
        }
    }

    /// Its first characters.
    package func limited(to characters: Int) -> String { utf8.count <= characters ? self : String(prefix(characters)) }
}
