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

    mutating func add(_ text: String) {
        var text = text
        count += text.withUTF8(Self.scalars) + 2
    }

    /// Each has one byte that does not continue another. Policies are long: without a branch, many bytes are counted at once.
    private static func scalars(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        for byte in bytes { count &+= byte & 0xC0 != 0x80 ? 1 : 0 }
        return count
    }

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
        var text = text
        text.withUTF8 { bytes in
            count += Self.scalars(bytes) + 2
            for index in bytes.indices where bytes[index] == UInt8(ascii: "$") {
                let parameter = Self.longest.first { bytes[index...].starts(with: $0.text) }
                if let parameter { count += parameter.length - parameter.text.count }
            }
        }
    }

    private static let longest = [
        (text: Array("${AWS::AccountId}".utf8), length: "000000000000".utf8.count),
        (text: Array("${AWS::Region}".utf8), length: "ap-southeast-1".utf8.count),
        (text: Array("${AWS::Partition}".utf8), length: "aws-us-gov".utf8.count),
        (text: Array("${AWS::URLSuffix}".utf8), length: "amazonaws.com.cn".utf8.count),
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
