internal import DorcText
internal import CloudFormation
internal import DorcModel

/// An id is made from one name and a kind alone, so that adding one thing never renames another: CloudFormation replaces a
/// resource whose id changes.
extension LogicalID {
    /// One of several such resources; `mark` are letters and digits.
    init(_ fixed: StaticString, mark: String) {
        self.init(text: "\(fixed)\(mark)")
    }

    /// What belongs to the thing of that name: `fit-mean` and `Function` give `FitMeanFunction`.
    ///
    /// No kind is the end of another one, so name and kind can be told apart again. `kind` is ASCII letters.
    init(name: String, _ kind: StaticString) {
        var text = Self.bytes(of: name, limit: Self.limit - kind.utf8CodeUnitCount)
        text.append(contentsOf: UnsafeBufferPointer(start: kind.utf8Start, count: kind.utf8CodeUnitCount))
        self.init(text: String(decoding: text, as: UTF8.self))
    }

    /// What belongs to a function in a stack that several pipelines share: `raw/census/fit-mean` gives
    /// `RawCensusFitMean`.
    ///
    /// That can be read back where layer and pipeline are one word each: then the rest is the function's name.
    init(_ pipeline: PipelineID, function: String, prefix: StaticString) {
        let stem = Self.bytes(of: pipeline.layer) + Self.bytes(of: pipeline.name) + Self.bytes(of: function)
        let isClear = [pipeline.layer, pipeline.name].allSatisfy { name in
            name.utf8.allSatisfy { (0x61...0x7A).contains($0) }
        }
        let rest = Self.limit - prefix.utf8CodeUnitCount
        if isClear && stem.count <= rest {
            self.init(prefix, mark: String(decoding: stem, as: UTF8.self))
        } else {
            let digest = HexadecimalDigest.short(String(joining: pipeline.layer, "/", pipeline.name, "/", function))
            self.init(prefix, mark: String(decoding: stem.prefix(rest - 8) + digest.utf8, as: UTF8.self))
        }
    }

    static func stem(of name: String) -> String { String(decoding: bytes(of: name), as: UTF8.self) }

    /// Camel case where that can be read back, else with the first eight digits of the name's SHA-256 after it.
    ///
    /// It can be read back when the words are joined with single `-` and each but the first starts with a letter, and
    /// when the result neither is one of a stack's own ids nor looks as if it ended in such digits.
    private static func bytes(of name: String, limit: Int = limit) -> [UInt8] {
        var stem: [UInt8] = []
        stem.reserveCapacity(name.utf8.count + 24)
        var isClear = true
        var startsWord = true
        for byte in name.utf8 {
            let isLower = (0x61...0x7A).contains(byte)
            let isDigit = (0x30...0x39).contains(byte)
            if isLower || isDigit {
                isClear = isClear && (isLower || !startsWord || stem.isEmpty)
                stem.append(isLower && startsWord ? byte - 0x20 : byte)
                startsWord = false
            } else if (0x41...0x5A).contains(byte) {
                isClear = false
                stem.append(byte)
                startsWord = false
            } else {
                isClear = isClear && byte == UInt8(ascii: "-") && !startsWord
                startsWord = true
            }
        }
        isClear = isClear && !startsWord && stem != Self.ownStem && !endsLikeHash(stem) && stem.count <= limit
        return isClear ? stem : stem.prefix(limit - 8) + Array(HexadecimalDigest.short(name).utf8)
    }

    /// Of the pipeline's own resources.
    private static let ownStem = Array("StateMachine".utf8)

    private static func endsLikeHash(_ stem: [UInt8]) -> Bool {
        stem.count >= 8 && stem.suffix(8).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
