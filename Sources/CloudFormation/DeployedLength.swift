/// Characters of a value as JSON without white space, with the longest that CloudFormation's functions may become: what
/// AWS counts of a policy.
struct DeployedLength {
    private(set) var count = 0
    /// Of a resource of the stack; nil where its name is not known before it is deployed.
    var nameLength: (LogicalID) -> Int? = { _ in nil }

    /// Of an ARN beside a name.
    private static let arn = 70
    private static let unknownName = 80
    private static let otherFunction = 150

    mutating func openContainer() { count += 2 }

    mutating func addEntry() { count += 1 }

    mutating func add(key length: Int) { count += length + 4 }

    mutating func add(_ text: String) { count += text.unicodeScalars.count + 2 }

    /// What has no quotes.
    mutating func add(bare length: Int) { count += length }

    mutating func addWord() { count += 5 }

    mutating func addFunction() { count += Self.otherFunction }

    mutating func add(_ value: TemplateValue) {
        switch value {
        case .text(let text): add(text)
        case .ref(let id), .getAtt(let id, _): count += Self.arn + (nameLength(id) ?? Self.unknownName)
        case .pseudoParameter: count += Self.arn + Self.unknownName
        case .sub(let text): add(substituting: text)
        case .arn(let arn): add(substituting: arn.text)
        case .importValue, .findInMap, .deployTime, .joined: addFunction()
        }
    }

    private mutating func add(substituting text: String) {
        count += text.unicodeScalars.count + 2
        var rest = text[...].utf8
        while let start = rest.firstIndex(of: UInt8(ascii: "$")) {
            rest = rest[start...]
            let parameter = Self.longest.first { rest.starts(with: $0.text.utf8) }
            if let parameter { count += parameter.length - parameter.text.utf8.count }
            rest = rest.dropFirst()
        }
    }

    private static let longest = [
        (text: "${AWS::AccountId}", length: "000000000000".utf8.count),
        (text: "${AWS::Region}", length: "ap-southeast-1".utf8.count),
        (text: "${AWS::Partition}", length: "aws-us-gov".utf8.count),
        (text: "${AWS::URLSuffix}", length: "amazonaws.com.cn".utf8.count),
    ]
}

extension TemplateWriter {
    /// Of the value that `body` writes. `nameLength` gives what is known of a resource's name.
    package static func deployedLength(
        nameLength: @escaping (LogicalID) -> Int?, _ body: (inout TemplateWriter) -> Void
    ) -> Int {
        var writer = TemplateWriter(.length, length: DeployedLength(nameLength: nameLength))
        body(&writer)
        return writer.length.count
    }
}
