extension String {
    /// Several texts one after another. Names are made of them by the ten thousand: this takes one allocation, where an
    /// interpolation takes several, and an array of them one more.
    package init(
        joining first: String, _ second: String, _ third: String = "", _ fourth: String = "", _ fifth: String = "",
        _ sixth: String = "", _ seventh: String = ""
    ) {
        let count =
            first.utf8.count + second.utf8.count + third.utf8.count + fourth.utf8.count + fifth.utf8.count
            + sixth.utf8.count + seventh.utf8.count
        self.init(unsafeUninitializedCapacity: count) { bytes in
            guard var next = bytes.baseAddress else { return 0 }
            next.append(first)
            next.append(second)
            next.append(third)
            if !fourth.isEmpty { next.append(fourth) }
            if !fifth.isEmpty { next.append(fifth) }
            if !sixth.isEmpty { next.append(sixth) }
            if !seventh.isEmpty { next.append(seventh) }
            return count
        }
    }

    /// Its first characters.
    package func limited(to characters: Int) -> String { utf8.count <= characters ? self : String(prefix(characters)) }
}

extension UnsafeMutablePointer<UInt8> {
    /// Writes the bytes of a text, and moves to after them.
    fileprivate mutating func append(_ text: String) {
        var text = text
        self = text.withUTF8 { text in
            guard let start = text.baseAddress else { return self }
            update(from: start, count: text.count)
            return self + text.count
        }
    }
}
