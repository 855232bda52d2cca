import DorcConfig
import DorcText
import DorcYAML
import Testing

/// The shapes of the keys say what decoding does: examples are taken, and around each bound and pattern both agree.
@Suite struct ShapeTests {
    /// Where a value can have the shape and be refused: more has to hold than a shape can say.
    private static func isMoreThanShape(_ place: ShapeWalk.Place) -> Bool {
        // A JSON value has nothing that CloudFormation would take for its own.
        if case .json = place.shape { return true }
        // The first port is not above the last; a pattern's fields have lists of matchers.
        return place.path.hasSuffix("egress[].ports") || place.path.hasPrefix("triggers[].event")
    }

    @Test(arguments: ConfigFileKind.allCases)
    func `every shape takes its examples`(_ kind: ConfigFileKind) throws {
        let shape = kind.shape
        let matcher = ShapeMatcher()
        for place in ShapeWalk.places(of: shape) {
            for example in examples(of: place) {
                let text = place.file(example)
                let errors = kind.findings(text).filter { $0.severity == .error }
                #expect(errors.map(\.summary) == [], "\(place.path): \(text)")
                let node = try #require(kind.node(text), "\(text)")
                #expect(try matcher.accepts(node, .object(shape)), "\(place.path): \(text)")
            }
        }
    }

    @Test(arguments: ConfigFileKind.allCases)
    func `a shape takes what decoding takes, and nothing else`(_ kind: ConfigFileKind) throws {
        let shape = kind.shape
        let matcher = ShapeMatcher()
        var count = 0
        for place in ShapeWalk.places(of: shape) {
            for candidate in Set(candidates(for: place.shape)).sorted() {
                let text = place.file(candidate)
                guard let node = kind.node(text) else { continue }
                count += 1
                let isDecoded = !kind.findings(text).contains { $0.severity == .error }
                let isAccepted = try matcher.accepts(node, .object(shape))
                if isAccepted, !isDecoded, Self.isMoreThanShape(place) { continue }
                #expect(isDecoded == isAccepted, "\(place.path): \(candidate.prefix(300))")
            }
        }
        #expect(count > kind.least.candidates)
    }

    @Test(arguments: ConfigFileKind.allCases)
    func `what goes with what is in the shape of the mapping`(_ kind: ConfigFileKind) throws {
        let shape = kind.shape
        let matcher = ShapeMatcher()
        for place in ShapeWalk.places(of: shape) {
            guard case .object(let object) = place.shape else { continue }
            let examples = object.keys.map { "\($0.name): \($0.example ?? $0.shape.example)" }
            let pairs = examples.flatMap { one in examples.filter { $0 > one }.map { "{\(one), \($0)}" } }
            for candidate in examples.map({ "{\($0)}" }) + pairs + ["{}", object.example(), "{unknown: 1}"] {
                let text = place.file(candidate)
                let node = try #require(kind.node(text), "\(text)")
                let isDecoded = !kind.findings(text).contains { $0.severity == .error }
                // `only_on_error` is looked at when the error paths are known.
                if isDecoded, candidate.contains("then:") { continue }
                #expect(try isDecoded == matcher.accepts(node, .object(shape)), "\(place.path): \(candidate)")
            }
        }
    }

    @Test(arguments: ConfigFileKind.allCases)
    func `every file that can be decoded has the shape`(_ kind: ConfigFileKind) throws {
        let shape = kind.shape
        let matcher = ShapeMatcher()
        var count = 0
        for (path, text) in kind.files where !kind.findings(text).contains(where: { $0.severity == .error }) {
            guard let node = kind.node(text) else { continue }
            count += 1
            #expect(try matcher.accepts(node, .object(shape)), "\(path)")
        }
        #expect(count > kind.least.files / 3)
    }

    @Test(arguments: ConfigFileKind.allCases)
    func `a default is a value that the key takes`(_ kind: ConfigFileKind) throws {
        let shape = kind.shape
        var count = 0
        for place in ShapeWalk.places(of: shape) {
            guard case .object(let object) = place.shape else { continue }
            for key in object.keys {
                guard case .value(let value) = key.default else { continue }
                count += 1
                let text = place.file(object.example(with: (key.name, value)))
                #expect(kind.findings(text).map(\.summary) == [], "\(text)")
            }
        }
        #expect(count >= kind.least.defaults)
    }

    @Test func `bounds are those of the shape, not wider and not narrower`() throws {
        // What the other tests derive from the shapes themselves is pinned here for one key of each kind.
        func refuses(_ text: String) -> Bool {
            ConfigFileKind.pipeline.findings("steps: [a]\n" + text).contains { $0.severity == .error }
        }
        #expect(refuses("defaults: {memory: 127}") && !refuses("defaults: {memory: 128}"))
        #expect(refuses("defaults: {timeout: 1209601s}") && !refuses("defaults: {timeout: 14d}"))
        #expect(refuses("defaults: {log_retention: 2d}") && !refuses("defaults: {log_retention: 3d}"))
        #expect(refuses("functions: {Clean: {}}") && !refuses("functions: {clean: {}}"))
        #expect(refuses("permissions: [{actions: [], resources: a}]") && !refuses("permissions: []"))
    }
}

/// What is tried at a place.
extension ShapeTests {
    private func examples(of place: ShapeWalk.Place) -> [String] {
        let all: [String] =
            switch place.shape {
            case .string(let string): string.examples.map { JSONText.literal($0) }
            case .choice(let choices): choices
            case .boolean: ["true", "false"]
            case .integer(let range, _): ["\(range.lowerBound)", "\(range.upperBound)"]
            case .number, .duration, .list, .map, .object, .json, .either, .described: [place.shape.example]
            }
        return all + [place.example].compactMap { $0 }
    }

    private func candidates(for shape: Shape) -> [String] {
        let others = [
            "5", "-1", "1.5", "\"5\"", "true", "yes", "text", "\"\"", "~", "[]", "{}", "[a]", "{a: b}", "!Tag a", "90s",
            "!Ref AWS::Region", "!Sub \"${AWS::Region}\"", "!ImportValue a", "!Split [\",\", a]",
            "!Join [\",\", [a, b]]", "!Select [0, [a, b]]", "{Ref: AWS::Region}", "{Fn::ImportValue: a}",
            "\"{{resolve:ssm:/a}}\"",
        ]
        switch shape {
        case .string(let string):
            let maximum = string.maximum.map { maximum in
                [maximum, maximum + 1].map { JSONText.literal(String(repeating: "a", count: $0)) }
            }
            let mutations = string.pattern == nil ? [] : string.examples.flatMap(mutations)
            return others + mutations.map { JSONText.literal($0) } + (maximum ?? [])
        case .integer(let range, _):
            return others
                + [range.lowerBound - 1, range.lowerBound, range.upperBound, range.upperBound + 1].map(String.init)
        case .number(let minimum): return others + [minimum - 0.5, minimum, minimum + 0.5].map { "\($0)" }
        case .duration(let duration):
            let bounds = [duration.seconds.lowerBound, duration.seconds.upperBound] + (duration.choices ?? [])
            return others
                + bounds.flatMap { [$0 - 1, $0, $0 + 1, $0 - duration.step, $0 + duration.step] }.map { "\($0)s" }
                + ["1m", "1h", "1d", "30d", "1w", "1h30m"]
        case .choice(let choices): return others + choices + choices.map { $0.uppercased() }
        case .list(let list):
            let counts = Set([
                list.minimum - 1, list.minimum, list.minimum + 1, list.maximum ?? 3, (list.maximum ?? 3) + 1,
            ])
            return others
                + counts.filter { $0 >= 0 }.map { count in
                    "[\(Array(repeating: list.items.example, count: count).joined(separator: ", "))]"
                }
        case .map(let map):
            let keys =
                map.pattern == nil ? [] : mutations(map.keyExample) + ["universal", "CODE_PATH", "project", "aws:a"]
            return others + ["{}"] + keys.map { "{\(JSONText.literal($0)): \(map.values.example)}" }
        case .boolean, .object, .json, .either, .described: return others
        }
    }

    /// Strings near an example: what a pattern takes and what it does not.
    private func mutations(_ example: String) -> [String] {
        let scalars = Array(example.unicodeScalars)
        func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
        var found = [example, "", example.uppercased(), example + example, String(repeating: example, count: 30)]
        found += [12, 19, 20, 30, 31, 79, 80, 81, 127, 128, 254, 255, 256].map { String(repeating: "a", count: $0) }
        for index in scalars.indices where index < 45 {
            found.append(text(scalars[..<index] + scalars[(index + 1)...]))
        }
        let strange = "aZ0_-./:@+=,;*? \t\n&#%()[]{}<>!|~^'\"\\éßа漢١\u{2028}\u{AD}\u{7F}\u{1}".unicodeScalars
        for scalar in strange {
            for index in [0, scalars.count / 2, scalars.count] {
                found.append(text(scalars[..<index] + [scalar] + scalars[index...]))
            }
        }
        for (old, new) in [
            ("1", "9"), ("0", "256"), ("/16", "/33"), ("::", ":"), ("-", "--"), ("aws", "aws-cn"), (".", ".."),
        ] {
            found.append(example.replacing(old, with: new))
        }
        return found
    }
}
