import DorcText

/// One change to a config repository: to the text of a file, as YAML is built, or to its files.
struct Mutation {
    let seeds: Seeds
    var random: RandomNumbers

    mutating func apply(to tree: inout MemoryTree) {
        if random.chance(12) { return changeFiles(&tree) }
        let paths = tree.files.keys.sorted()
        guard !paths.isEmpty else { return }
        let definitions = paths.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }
        let path = definitions.isEmpty || random.chance(10) ? random.pick(paths) : random.pick(definitions)
        guard let bytes = tree.files[path] else { return }
        if random.chance(6), path.hasSuffix("pipeline.yaml") {
            var workflow = RandomWorkflow(random: random, pipelines: definitions)
            tree.files[path] = Array(workflow.text().utf8)
            return
        }
        let changed =
            random.chance(60) ? changeTokens(bytes) : random.chance(70) ? changeLines(bytes) : changeBytes(bytes)
        // What is larger is refused at once, and slow to make.
        tree.files[path] = Array(changed.prefix(1_200_000))
    }

    // MARK: Words

    private mutating func changeTokens(_ bytes: [UInt8]) -> [UInt8] {
        let tokens = Token.all(in: bytes)
        guard !tokens.isEmpty else { return bytes }
        let (range, isKey) = random.pick(tokens)
        let word = String(decoding: bytes[range], as: UTF8.self)
        let new: String
        switch random.below(10) {
        case 0...1: new = isKey ? random.pick(seeds.keys) : random.pick(seeds.words)
        case 2...4: new = isKey ? misspelt(word) : random.pick(Specials.values)
        case 5: new = random.pick(Specials.values)
        case 6: new = nested(word)
        case 7: new = long()
        case 8: new = word + random.pick(Specials.specks) + (random.chance(50) ? word : "")
        default:
            let other = random.pick(tokens).range
            return swap(bytes, range, other)
        }
        return bytes[..<range.lowerBound] + Array(new.utf8) + bytes[range.upperBound...]
    }

    private func swap(_ bytes: [UInt8], _ one: Range<Int>, _ other: Range<Int>) -> [UInt8] {
        let (first, second) = one.lowerBound < other.lowerBound ? (one, other) : (other, one)
        guard first.upperBound <= second.lowerBound else { return bytes }
        var result = Array(bytes[..<first.lowerBound])
        result += bytes[second]
        result += bytes[first.upperBound..<second.lowerBound]
        result += bytes[first]
        result += bytes[second.upperBound...]
        return result
    }

    private mutating func misspelt(_ word: String) -> String {
        var letters = Array(word)
        guard !letters.isEmpty else { return word }
        let index = random.below(letters.count)
        switch random.below(4) {
        case 0: letters.remove(at: index)
        case 1: letters.insert(letters[index], at: index)
        case 2: letters[index] = Character(letters[index].uppercased().first.map(String.init) ?? "x")
        default: letters.swapAt(index, random.below(letters.count))
        }
        return String(letters)
    }

    private mutating func nested(_ word: String) -> String {
        let depth = random.pick([1, 2, 5, 30, 62, 63, 64, 65, 200, 3000])
        return random.chance(50)
            ? String(repeating: "[", count: depth) + word + String(repeating: "]", count: depth)
            : String(repeating: "{a: ", count: depth) + word + String(repeating: "}", count: depth)
    }

    private mutating func long() -> String {
        let piece = random.pick([
            "a", "${", "${x}", "é", "{{resolve:ssm:/a}}", "a/", "a-", "1", "x.", "(", "a\\n", "$$", "%", "\u{1F600}",
        ])
        let text = String(repeating: piece, count: random.pick([50, 63, 64, 80, 256, 257, 1025, 5000, 40_000]))
        return random.chance(70) ? "\"\(text)\"" : text
    }

    // MARK: Lines

    private mutating func changeLines(_ bytes: [UInt8]) -> [UInt8] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        let start = random.below(lines.count)
        let end = min(lines.count, start + 1 + random.below(6))
        let block = Array(lines[start..<end])
        switch random.below(9) {
        case 0: lines.removeSubrange(start..<end)
        case 1: lines.insert(contentsOf: block, at: random.below(lines.count + 1))
        case 2:
            lines.removeSubrange(start..<end)
            lines.insert(contentsOf: block, at: random.below(lines.count + 1))
        case 3...4:
            let depth = random.below(9)
            let piece = random.pick(seeds.pieces).map { Array((String(repeating: " ", count: depth) + $0).utf8) }
            lines.insert(contentsOf: piece, at: start)
        case 5:
            let shift = random.below(5)
            for index in start..<end {
                lines[index] =
                    random.chance(50)
                    ? Array(lines[index].drop { $0 == UInt8(ascii: " ") })
                    : Array(repeating: UInt8(ascii: " "), count: shift) + lines[index]
            }
        case 6:
            let times = random.pick([2, 3, 10, 50, 300])
            lines.insert(contentsOf: (0..<times).flatMap { _ in block }, at: start)
        case 7:
            let times = random.pick([2, 10, 60, 300])
            let texts = block.map { String(decoding: $0, as: UTF8.self) }
            let numbered = (0..<times).flatMap { number in
                texts.map { Array(Self.numbered($0, number).utf8) }
            }
            lines.insert(contentsOf: numbered, at: start)
        default:
            let key = random.pick(seeds.keys)
            let indent = String(decoding: lines[start].prefix { $0 == UInt8(ascii: " ") }, as: UTF8.self)
            lines.insert(Array("\(indent)\(key): \(random.pick(Specials.values))".utf8), at: start)
        }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// The first word with a number at its end: many things of one kind.
    private static func numbered(_ line: String, _ number: Int) -> String {
        let bytes = Array(line.utf8)
        guard let end = Token.all(in: bytes).first?.range.upperBound else { return line }
        return String(decoding: bytes[..<end] + Array("\(number)".utf8) + bytes[end...], as: UTF8.self)
    }

    // MARK: Bytes

    private mutating func changeBytes(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let index = random.below(bytes.count + 1)
        switch random.below(8) {
        case 0: return Array(bytes[..<index])
        case 1: return Array(bytes[index...])
        case 2: bytes.insert(contentsOf: Array(random.pick(Specials.specks).utf8), at: index)
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
        case 4: if index < bytes.count { bytes[index] ^= 1 << UInt8(random.below(8)) }
        case 5:
            let end = random.chance(50) ? "\r\n" : "\r"
            return Array(String(decoding: bytes, as: UTF8.self).replacing("\n", with: end).utf8)
        case 6:
            let units = Array(String(decoding: bytes, as: UTF8.self).utf16)
            return [0xFF, 0xFE] + units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        default: return [0xEF, 0xBB, 0xBF] + bytes
        }
        return bytes
    }

    // MARK: Files

    private mutating func changeFiles(_ tree: inout MemoryTree) {
        let paths = tree.files.keys.sorted()
        guard !paths.isEmpty else { return }
        let path = random.pick(paths)
        let other = random.pick(paths)
        switch random.below(9) {
        case 0: tree.files[path] = nil
        case 1:
            tree.files[
                random.chance(50)
                    ? path + random.pick(["x", " ", "\u{301}", "/x", "\n"]) : Self.moved(path, random.pick(seeds.words))
            ] =
                tree.files.removeValue(forKey: path)
        case 2: tree.files[path] = tree.files[other]
        case 3: tree.files[Self.moved(path, random.pick(seeds.words))] = tree.files[path]
        case 4: tree.files[path] = []
        case 5: tree.badLinks[path] = "leads nowhere"
        case 6: tree.unreadable[path] = "Permission denied"
        case 7:
            let lines = (0...random.below(5)).map { _ in random.pick(Specials.ignores) }
            tree.files[".dockerignore"] = Array(lines.joined(separator: "\n").utf8)
        default:
            let text = String(
                decoding: random.pick(seeds.repositories).files.sorted { $0.key < $1.key }.first?.value ?? [],
                as: UTF8.self)
            tree.files[path] = Array(text.utf8)
        }
    }

    /// A folder of the path with another name.
    private static func moved(_ path: String, _ name: String) -> String {
        var parts = path.split(separator: "/").map(String.init)
        let position = max(0, parts.count - 2)
        guard parts.indices.contains(position) else { return name }
        parts[position] = name.isEmpty ? "x" : name.replacing("/", with: "-")
        return parts.joined(separator: "/")
    }
}
