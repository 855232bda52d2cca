internal import DorcModel
internal import DorcText

/// The objects that a Distributed Map writes as its `results`, and whether a trigger means them.
///
/// Their keys are `<prefix>/<id of the run of the Map>/<file>`, the files `manifest.json`, `SUCCEEDED_0.jsonl`,
/// `FAILED_0.jsonl` and `PENDING_0.jsonl` with their numbers, or `.json` (Step Functions guide, "ResultWriter").
struct ResultObjects {
    let bucket: String
    /// What every key starts with; nil where only the run knows.
    let folder: String?

    init(_ results: Iteration.Results) {
        bucket = results.bucket.sample
        folder =
            switch results.prefix {
            case nil: ""
            case let prefix? where prefix.isExpression: nil
            case let prefix?: prefix.sample + "/"
            }
    }

    /// Whether one of the objects can be what an S3 trigger waits for.
    func canMatch(bucket other: String, prefix: String, suffix: String) -> Bool {
        bucket == other && canStart(with: prefix) && canEnd(with: suffix)
    }

    /// Whether every one is among the objects of a bucket whose keys start with a prefix.
    func areAll(inBucket other: Text, prefix: Text?) -> Bool {
        guard bucket == other.sample, let folder, prefix?.isExpression != true else { return false }
        return folder.hasPrefix(prefix?.sample ?? "")
    }

    private func canStart(with prefix: String) -> Bool {
        guard let folder else { return prefix.isEmpty }
        if folder.hasPrefix(prefix) { return true }
        // Behind the folder comes the id, of hexadecimal digits and `-`.
        return prefix.hasPrefix(folder) && prefix.dropFirst(folder.count).prefix { $0 != "/" }.allSatisfy(Self.isInID)
    }

    private func canEnd(with suffix: String) -> Bool {
        let file = suffix.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        let isWhole = suffix.contains("/")
        return Self.endings.contains { ending in
            if ending.hasSuffix(file) { return !isWhole }
            guard file.hasSuffix(ending) else { return false }
            let stem = file.dropLast(ending.count)
            let number = stem.reversed().prefix { ("0"..."9").contains($0) }.count
            return Self.stems.contains { name in
                let head = stem.dropLast(name.hasSuffix("_") ? number : 0)
                if name.hasSuffix("_"), number == 0 { return false }
                return isWhole ? name == head : name.hasSuffix(head)
            }
        }
    }

    private static let endings = [".jsonl", ".json"]
    private static let stems = ["manifest", "SUCCEEDED_", "FAILED_", "PENDING_"]

    private static func isInID(_ character: Character) -> Bool { character == "-" || character.isHexDigit }
}

extension ResultObjects {
    /// Whether an event of S3's about one of the objects can fit the pattern.
    func canMatch(_ pattern: JSONValue<Text>) -> Bool {
        guard case .object(let members) = pattern else { return false }
        return members.allSatisfy { member in
            switch member.name {
            case "source": accepts(member.value, "aws.s3")
            case "detail-type": accepts(member.value, "Object Created")
            case "detail": canMatchDetail(member.value)
            case "$or": any(member.value, canMatch)
            default: true
            }
        }
    }

    private func canMatchDetail(_ detail: JSONValue<Text>) -> Bool {
        guard case .object(let members) = detail else { return true }
        return members.allSatisfy { member in
            switch (member.name, member.value) {
            case ("bucket", .object(let fields)):
                fields.allSatisfy { $0.name != "name" || accepts($0.value, bucket) }
            case ("object", .object(let fields)):
                fields.allSatisfy { $0.name != "key" || acceptsKey($0.value) }
            case ("$or", let alternatives): any(alternatives, canMatchDetail)
            default: true
            }
        }
    }

    private func any(_ list: JSONValue<Text>, _ test: (JSONValue<Text>) -> Bool) -> Bool {
        guard case .list(let items) = list else { return true }
        return items.contains(where: test)
    }

    /// Whether one of the matchers of a list accepts a text that is known.
    private func accepts(_ matchers: JSONValue<Text>, _ text: String) -> Bool {
        any(matchers) { matcher in
            switch Self.parts(of: matcher) {
            case .exactly(let wanted): wanted == text
            case .ends(let prefix, let suffix): text.hasPrefix(prefix) && text.hasSuffix(suffix)
            case .other: true
            }
        }
    }

    private func acceptsKey(_ matchers: JSONValue<Text>) -> Bool {
        any(matchers) { matcher in
            switch Self.parts(of: matcher) {
            case .exactly: false
            case .ends(let prefix, let suffix): canStart(with: prefix) && canEnd(with: suffix)
            case .other: true
            }
        }
    }

    private enum Matcher {
        case exactly(String)
        case ends(prefix: String, suffix: String)
        /// Nothing that can be told without the event.
        case other
    }

    private static func parts(of matcher: JSONValue<Text>) -> Matcher {
        if case .text(let text) = matcher { return .exactly(text.sample) }
        guard case .object(let members) = matcher, let member = members.first, case .text(let text) = member.value
        else { return .other }
        let argument = text.sample
        return switch EventMatcher(rawValue: member.name) {
        case .prefix: .ends(prefix: argument, suffix: "")
        case .suffix: .ends(prefix: "", suffix: argument)
        case .wildcard where argument.contains("*"):
            .ends(
                prefix: String(argument.prefix { $0 != "*" }),
                suffix: String(argument.reversed().prefix { $0 != "*" }.reversed()))
        case .wildcard: .exactly(argument)
        default: .other
        }
    }
}
