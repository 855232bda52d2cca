internal import DorcText

/// What a container of an image runs, out of `ENTRYPOINT` and `CMD`. See
/// <https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact>.
struct ImageCommand: Sendable {
    struct Part: Sendable {
        var words: [Located<String>]
        /// Whether it is written in the JSON form, so that no shell runs it.
        var isJSON: Bool
    }

    /// A function of a module, as Lambda's runtime for Python is told of it.
    struct Handler: Sendable, Equatable {
        var module: String
        var name: String
        var range: SourceRange

        /// Nil where the word is not of the form `lambda.handler`: `/start.sh`, `lambda:app`.
        fileprivate init?(_ word: some StringProtocol, at range: SourceRange) {
            guard let dot = word.lastIndex(of: "."), dot != word.startIndex,
                word.first != "/", word.first != ".", word.first != "-",
                word.allSatisfy({ $0.isLetter || $0.isNumber || "._-/".contains($0) })
            else { return nil }
            let name = word[word.index(after: dot)...]
            guard !name.isEmpty, !name.contains("/") else { return nil }
            module = String(word[..<dot])
            self.name = String(name)
            self.range = range
        }
    }

    var entryPoint: Part?
    var command: Part?
    /// What the `FROM` of the image names; nil where it is not known.
    var base: String?

    static let usualHandler = "handler"

    /// Programs whose next argument is the handler: AWS's runtime for Python, and the script that its base images begin with.
    private static let runtimes: [Substring] = ["awslambdaric", "lambda-entrypoint.sh"]

    /// What AWS publishes: <https://docs.aws.amazon.com/lambda/latest/dg/python-image.html>. They have an entry point that
    /// takes the handler, and no `CMD`.
    private static let bases = [
        "public.ecr.aws/lambda/", "public.ecr.aws/sam/emulation-python", "amazon/aws-lambda-",
        "docker.io/amazon/aws-lambda-", "index.docker.io/amazon/aws-lambda-",
    ]

    /// The handler that is named; nil where there is none, or something else is run.
    var handler: Handler? {
        if let found = argumentOfRuntime { return found }
        if let entryPoint, !entryPoint.isJSON { return nil }
        guard let command, command.words.count == 1, let word = command.words.first else { return nil }
        return Handler(word.value, at: word.range)
    }

    /// `lambda.main` of `ENTRYPOINT ["python", "-m", "awslambdaric"]` and `CMD ["lambda.main"]`, wherever it is written. A
    /// shell as the entry point takes no `CMD`.
    private var argumentOfRuntime: Handler? {
        let takesCommand = entryPoint?.isJSON != false
        let parts = [entryPoint, takesCommand ? command : nil].compactMap { $0 }
        // One word may be a whole line: `["sh", "-c", "exec python -m awslambdaric lambda.main"]`.
        let words = parts.flatMap(\.words).flatMap { word in
            word.value.split { $0.isWhitespace || $0 == "'" || $0 == "\"" }.map { (text: $0, range: word.range) }
        }
        guard
            let runtime = words.firstIndex(where: {
                $0.text.split(separator: "/").last.map(Self.runtimes.contains) == true
            }), let next = words.dropFirst(runtime + 1).first
        else { return nil }
        return Handler(next.text, at: next.range)
    }

    /// What each `lambda.py` has to define; nil where the image runs another module or program, or what it runs is said
    /// by a base image that nobody knows.
    var handlerName: String? {
        if let handler { return handler.module == "lambda" ? handler.name : nil }
        guard entryPoint == nil, command == nil, let base, Self.bases.contains(where: { base.hasPrefix($0) })
        else { return nil }
        return Self.usualHandler
    }
}
