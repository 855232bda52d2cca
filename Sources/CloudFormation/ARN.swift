package import DorcText
internal import DorcModel

/// An ARN in the partition that the stack is deployed to, with `${AWS::Partition}` and its like in it.
package struct ARN: Sendable {
    package enum Account: Sendable {
        /// The one that the stack is deployed to.
        case own
        case id(String)
        /// S3's ARNs name none.
        case none
    }

    package var service: String
    /// Whether the service is regional; then it is the stack's region.
    package var hasRegion: Bool
    package var account: Account
    /// What comes after the account: a kind, a name, and what follows it. They are not joined before they are written.
    private var kind: String
    private var name: String
    private var ending: String

    /// As in `ARN("logs", "log-group:", name, ":*")`.
    package init(
        _ service: String, hasRegion: Bool = true, account: Account = .own, _ kind: String, _ name: String = "",
        _ ending: String = ""
    ) {
        self.service = service
        self.hasRegion = hasRegion
        self.account = account
        self.kind = kind
        self.name = name
        self.ending = ending
    }

    /// For `Fn::Sub`.
    package func append(to bytes: inout ByteBuffer) {
        bytes.append("arn:${AWS::Partition}:" as StaticString)
        bytes.append(service)
        bytes.append(hasRegion ? ":${AWS::Region}:" as StaticString : "::")
        switch account {
        case .own: bytes.append("${AWS::AccountId}" as StaticString)
        case .id(let id): bytes.append(id)
        case .none: break
        }
        bytes.append(UInt8(ascii: ":"))
        bytes.append(kind)
        bytes.append(name)
        bytes.append(ending)
    }

    /// For `Fn::Sub`.
    package var text: String {
        var bytes = ByteBuffer(capacity: 256)
        append(to: &bytes)
        return bytes.text
    }
}
