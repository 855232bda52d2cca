package import DorcModel
package import DorcText

/// A statement of an IAM policy, as written.
package struct PermissionSection: Section {
    package var origin = Origin()
    package var actions: Located<[Located<String>]>?
    package var resources: Located<[Located<VariableText>]>?
    /// Why a statement has to name every resource.
    package var reason: Located<String>?

    package init() {}

    package static let type = ObjectType<Self>(
        "a permission",
        keys: [
            Key(
                "actions", \.actions,
                .listOrOne(
                    of: .text(
                        "an action of IAM, `service:Action`", .action, help: "as in `s3:GetObject`, or `s3:Get*`"),
                    atLeast: 1),
                required: true, "Actions of IAM, such as `sns:Publish`."),
            Key(
                "resources", \.resources,
                .listOrOne(
                    of: .variableText("an ARN", expressions: .refused, example: "arn:aws:s3:::landing/*"), atLeast: 1),
                required: true, "ARNs; `*` alone needs a `reason`."),
            Key(
                "reason", \.reason, .text("a reason", .reason, help: "say it to whoever reviews it"),
                "Why the resources cannot be named."),
        ])
}
