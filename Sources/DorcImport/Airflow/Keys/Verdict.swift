internal import DorcText
internal import DorcYAML

/// What became of a value. It is said before anything is written: `WrittenPlaces` looks whether what it names is there.
struct Verdict: Sendable {
    var outcome: ImportReport.Outcome
    /// What it became: the first of these that is written. None for what needs nothing.
    var targets: [Target] = []
    var words = ""
    /// Why nothing stands for it where none of the targets is written.
    var otherwise: String?
    /// A comment that is written with it. There is no other way to write a TODO of a key, and none to write one that the report does not
    /// count.
    var todo: Todo?
    var owner: Owner?

    /// The step and the function that `steps[*]` and `functions.*` mean.
    struct Owner: Sendable, Equatable {
        var step: String
        var function: String?
    }

    static func takenOver(_ target: String?, _ words: String = "", else otherwise: String? = nil) -> Verdict {
        takenOver(target.map { [Target($0)] } ?? [], words, else: otherwise)
    }

    static func takenOver(_ targets: [Target], _ words: String = "", else otherwise: String? = nil) -> Verdict {
        let isSilent = targets.isEmpty && words.isEmpty
        return Verdict(
            outcome: .takenOver, targets: targets, words: isSilent ? "as dorc does" : words, otherwise: otherwise)
    }

    /// Of a value that is written as Airflow reads it.
    static func takenOver(_ targets: [Target], _ value: WrittenValue, isText: Bool, else otherwise: String? = nil)
        -> Verdict
    {
        value.differentInAirflow(isText: isText).map { differs(targets, $0, else: otherwise) }
            ?? takenOver(targets, else: otherwise)
    }

    static func differs(_ target: String?, _ words: String, else otherwise: String? = nil) -> Verdict {
        differs(target.map { [Target($0)] } ?? [], words, else: otherwise)
    }

    static func differs(_ targets: [Target], _ words: String, else otherwise: String? = nil) -> Verdict {
        Verdict(outcome: .differs, targets: targets, words: words, otherwise: otherwise)
    }

    /// Something stands for it, and a person has to look at it.
    static func decide(_ target: String?, _ words: String, _ todo: Todo) -> Verdict {
        Verdict(outcome: .differs, targets: target.map { [Target($0)] } ?? [], words: words, todo: todo)
    }

    static func none(_ words: String, _ todo: Todo? = nil) -> Verdict {
        Verdict(outcome: .noEquivalent, words: words, todo: todo)
    }

    /// A value of the wrong type, which the other tool would refuse too.
    static func wrong(_ value: WrittenValue, expected: String) -> Verdict {
        .none("`\(value.source.shortened(to: 60))` is not \(expected)")
    }

    func of(step: String, function: String?) -> Verdict {
        var result = self
        result.owner = Owner(step: step, function: function)
        return result
    }
}

/// A decision that is due: a comment in pipeline.yaml.
struct Todo: Sendable {
    /// What has to be written, as in `schedule`.
    let key: String
    let place: SourceRange
    let words: String
    /// Where the comment is, if not at what stands for the value.
    let at: Target?

    init(_ key: String, _ value: WrittenValue, _ words: String, at target: String? = nil) {
        self.key = key
        place = value.place
        self.words = words
        at = target.map { Target($0) }
    }

    var text: String { "TODO \(key): \(place.path):\(place.start.line): \(words)" }
}

/// A key that is written: of pipeline.yaml, as in `steps[*].retry.attempts`; a file beside it, as in `/README.md`; or of dorc.yaml.
struct Target: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        case key(String)
        case item(Int)
        /// The first that has what comes after it.
        case anyKey
        case anyItem
    }

    enum Home: Sendable, Equatable {
        case pipeline
        case beside(String)
        case project(String)
    }

    var home = Home.pipeline
    var parts: [Part] = []

    init(_ text: String) {
        if text.hasPrefix("/") {
            home = .beside(String(text.dropFirst()))
            return
        }
        if text.hasPrefix("dorc.yaml: ") {
            home = .project(String(text.dropFirst("dorc.yaml: ".count)))
            return
        }
        for word in text.split(separator: ".") {
            let pieces = word.split(separator: "[")
            for (index, piece) in pieces.enumerated() {
                if index == 0, word.first != "[" {
                    parts.append(piece == "*" ? .anyKey : .key(String(piece)))
                } else {
                    parts.append(Int(piece.dropLast()).map { .item($0) } ?? .anyItem)
                }
            }
        }
    }

    /// A key in it, of any name.
    func appending(_ key: String) -> Target {
        var result = self
        result.parts.append(.key(key))
        return result
    }
}
