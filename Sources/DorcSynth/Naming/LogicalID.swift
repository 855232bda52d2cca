package import DorcModel

/// The id of a resource in its template: letters and digits, at most 255. It is made from one name and a kind alone,
/// so that adding one thing never renames another: CloudFormation replaces a resource whose id changes.
package struct LogicalID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String

    package var description: String { text }

    /// A resource that a stack has once, such as `StateMachine`.
    package init(_ fixed: StaticString) {
        text = "\(fixed)"
    }

    /// What belongs to the thing of that name: `fit-mean` and `Function` give `FitMeanFunction`.
    ///
    /// No kind is the end of another one, so name and kind can be told apart again. `kind` is ASCII letters.
    package init(name: String, _ kind: StaticString) {
        text = Self.stem(of: name) + "\(kind)"
    }

    /// What belongs to a function in a stack that several pipelines share: `raw/census/fit-mean` gives
    /// `RawCensusFitMean`.
    ///
    /// That can be read back where layer and pipeline are one word each: then the rest is the function's name.
    package init(_ pipeline: PipelineID, function: String, prefix: StaticString) {
        let stems = [pipeline.layer, pipeline.name, function].map { Self.stem(of: $0) }
        let isClear = [pipeline.layer, pipeline.name].allSatisfy { name in
            name.utf8.allSatisfy { (0x61...0x7A).contains($0) }
        }
        let stem = stems.joined()
        let path = "\(pipeline)/\(function)"
        text = "\(prefix)" + (isClear && stems[2].utf8.count <= 150 ? stem : stem.prefix(150) + HexadecimalDigest.short(path))
    }

    package static func < (left: LogicalID, right: LogicalID) -> Bool { left.text < right.text }

    /// Camel case where that can be read back, else with the first eight digits of the name's SHA-256 behind it.
    ///
    /// It can be read back when the words are joined with single `-` and each but the first starts with a letter, and
    /// when the result neither is one of a stack's own ids nor looks as if it ended in such digits.
    static func stem(of name: String) -> String {
        var stem = ""
        var isClear = true
        var startsWord = true
        var isFirst = true
        for scalar in name.unicodeScalars {
            let isLower = ("a"..."z").contains(scalar)
            guard isLower || ("0"..."9").contains(scalar) else {
                if !("A"..."Z").contains(scalar) {
                    isClear = isClear && scalar == "-" && !startsWord
                    startsWord = true
                    continue
                }
                isClear = false
                stem.unicodeScalars.append(scalar)
                startsWord = false
                continue
            }
            if startsWord {
                isClear = isClear && (isLower || isFirst)
                stem += String(scalar).uppercased()
            } else {
                stem.unicodeScalars.append(scalar)
            }
            startsWord = false
            isFirst = false
        }
        isClear = isClear && !startsWord && stem != "StateMachine" && !endsLikeHash(stem) && stem.utf8.count <= 200
        if isClear { return stem }
        return String(stem.prefix(200)) + HexadecimalDigest.short(name)
    }

    private static func endsLikeHash(_ stem: String) -> Bool {
        stem.utf8.count >= 8
            && stem.utf8.suffix(8).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
