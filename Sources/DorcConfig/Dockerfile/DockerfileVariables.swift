/// The variables of a stage, as far as they are known without the base image.
struct DockerfileVariables {
    /// Stands for the function's folder in expanded text.
    static let codePath: Unicode.Scalar = "\u{FFFC}"

    /// Far above any path; a hostile file could double its variables line by line.
    private static let lengthLimit = 4096
    /// Of defaults inside one another.
    private static let depthLimit = 8

    /// Nil for one that is declared with a value that is not known.
    private(set) var values: [String: String?] = [:]
    let escape: Unicode.Scalar

    init(escape: Unicode.Scalar) {
        self.escape = escape
    }

    mutating func set(_ name: String, _ value: String?) { values[name] = .some(value) }

    func value(of name: String) -> String? { values[name] ?? nil }

    func isDeclared(_ name: String) -> Bool { values[name] != nil }

    /// The text with its quotes taken off and its variables replaced; nil where one is not known.
    func expand(_ text: some Sequence<Unicode.Scalar>, depth: Int = 0) -> String? {
        guard depth < Self.depthLimit else { return nil }
        var result = String.UnicodeScalarView()
        var rest = Array(text)[...]
        var quote: Unicode.Scalar?
        while let scalar = rest.popFirst() {
            switch scalar {
            case "'" where quote == nil, "\"" where quote == nil: quote = scalar
            case _ where scalar == quote: quote = nil
            case escape where quote != "'":
                guard let escaped = rest.popFirst() else { return nil }
                if quote == "\"", escaped != "\"", escaped != "$", escaped != escape { result.append(scalar) }
                result.append(escaped)
            case "$" where quote != "'":
                guard let value = variable(&rest, depth), result.count + value.unicodeScalars.count <= Self.lengthLimit
                else {
                    return nil
                }
                result.append(contentsOf: value.unicodeScalars)
            default: result.append(scalar)
            }
        }
        return quote == nil ? String(result) : nil
    }

    /// What follows a `$`.
    private func variable(_ rest: inout ArraySlice<Unicode.Scalar>, _ outer: Int) -> String? {
        guard rest.first == "{" else {
            let name = rest.prefix(while: Self.isNameCharacter)
            rest = rest.dropFirst(name.count)
            return name.isEmpty ? "$" : value(of: Self.string(name))
        }
        rest.removeFirst()
        let name = rest.prefix(while: Self.isNameCharacter)
        rest = rest.dropFirst(name.count)
        // The end of this one: a default may have variables of its own.
        var depth = 0
        guard
            let end = rest.firstIndex(where: { scalar in
                if scalar == "{" { depth += 1 }
                if scalar == "}" { depth -= 1 }
                return depth < 0
            })
        else { return nil }
        var modifier = rest[..<end]
        rest = rest[(end + 1)...]
        let known = value(of: Self.string(name))
        if modifier.isEmpty { return known }
        let mindsEmpty = modifier.first == ":"
        if mindsEmpty { modifier.removeFirst() }
        let isSet = known.map { !mindsEmpty || !$0.isEmpty }
        switch modifier.popFirst() {
        case "-":
            return isSet == true
                ? known : known == nil && !isDeclared(Self.string(name)) ? nil : expand(modifier, depth: outer + 1)
        case "+": return isSet == true ? expand(modifier, depth: outer + 1) : isSet == false ? "" : nil
        default: return nil
        }
    }

    private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_" || ("0"..."9").contains(scalar))
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
