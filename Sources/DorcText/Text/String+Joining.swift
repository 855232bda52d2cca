extension String {
    /// Several texts one after another. Names are made of them by the ten thousand: this takes one allocation, where an
    /// interpolation takes several.
    package init(joining parts: String...) {
        var count = 0
        for part in parts { count += part.utf8.count }
        self.init(unsafeUninitializedCapacity: count) { bytes in
            guard var next = bytes.baseAddress else { return 0 }
            for var part in parts {
                part.withUTF8 { part in
                    guard let start = part.baseAddress else { return }
                    next.update(from: start, count: part.count)
                    next += part.count
                }
            }
            return count
        }
    }

    /// Its first characters.
    package func limited(to characters: Int) -> String { utf8.count <= characters ? self : String(prefix(characters)) }
}
