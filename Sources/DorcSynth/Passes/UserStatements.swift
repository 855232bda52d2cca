internal import DorcModel

/// What users allow, as statements whose Sids say whose they are: `ExtractDynamodbGetItem` for what the function `extract` may
/// do. A statement that comes or goes changes no other one's.
///
/// IAM guide, "IAM JSON policy elements: Sid": letters and digits, and in a policy no two are equal.
struct UserStatements {
    /// What the policy has beside them.
    let others: [PolicyStatement]
    private(set) var statements: [PolicyStatement] = []
    private var taken: Set<String>

    init(beside others: [PolicyStatement]) {
        self.others = others
        taken = Set(others.compactMap(\.sid))
    }

    /// All of the policy.
    var document: PolicyDocument { PolicyDocument(others + statements) }

    /// `owner` is the name of a function or a step.
    mutating func add(_ permissions: some Sequence<Permission>, of owner: String) {
        for permission in permissions {
            let words = Self.words(owner) + Self.words(permission.actions.first ?? "")
            statements.append(
                PolicyStatement(
                    unused(words.isEmpty ? "Allowed" : words), permission.actions,
                    on: permission.resources.map { .text($0) }))
        }
    }

    /// Those of `access`, which say themselves what they are for.
    mutating func add(_ others: [PolicyStatement]) {
        for var statement in others {
            statement.sid = statement.sid.map { unused($0) }
            statements.append(statement)
        }
    }

    private mutating func unused(_ sid: String) -> String {
        var name = sid
        var number = 1
        while !taken.insert(name).inserted {
            number += 1
            name = "\(sid)\(number)"
        }
        return name
    }

    /// As in `FitMean` for `fit-mean`, `DynamodbGetItem` for `dynamodb:GetItem`, `GlueGet` for `glue:Get*`.
    static func words(_ text: String) -> String {
        text.utf8.split { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                false
            default: true
            }
        }.map { word in
            let word = String(Substring(word))
            return word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
    }
}
