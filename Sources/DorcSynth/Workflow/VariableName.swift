internal import DorcText

/// Names of variables: `extract_output` for the output of `extract`.
enum VariableName {
    /// Step Functions guide, "Variables": at most 80 characters, those of Unicode's identifiers.
    private static let limit = 80

    /// `depth` is how far inside the outermost scope with such a variable it is: a variable may not have the name of
    /// one outside its scope.
    static func output(of step: String, _ copy: PathCopy, depth: Int) -> String {
        name(step, copy, depth == 0 ? "output" : "output_\(depth)")
    }

    static func error(of handler: String, _ copy: PathCopy) -> String { name(handler, copy, "error") }

    private static func name(_ step: String, _ copy: PathCopy, _ role: String) -> String {
        let names = [step] + copy.failed
        let whole = names.map(identifier).joined(separator: "_for_") + "_" + role
        guard whole.utf8.count > limit else { return whole }
        let ending = "_\(HexadecimalDigest.short(whole))_\(role)"
        return whole.prefix(limit - ending.utf8.count) + ending
    }

    /// JSONata reads `-`, a space and the like as operators: `-` becomes `__`. A name with other such characters gets a
    /// digest after it, since another name may differ in them alone.
    private static func identifier(_ name: String) -> String {
        var result: [UInt8] = []
        var isClear = !["__", "_-", "-_"].contains { name.contains($0) }
        for byte in name.utf8 {
            let isLetter = (0x61...0x7A).contains(byte | 0x20) && byte < 0x80
            let isDigit = (0x30...0x39).contains(byte)
            if isLetter || byte == UInt8(ascii: "_") || isDigit && !result.isEmpty {
                result.append(byte)
            } else {
                if byte != UInt8(ascii: "-") || result.isEmpty { isClear = false }
                result += Array("__".utf8)
            }
        }
        let text = String(decoding: result, as: UTF8.self)
        return isClear ? text : "\(text)_\(HexadecimalDigest.short(name))"
    }
}
