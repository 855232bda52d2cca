/// What a stack says of its own content, so that `deploy.sh` sees with one call which of all stacks are unchanged: it gives
/// the SHA-256 of the template and the tags, and the stack hands it back among its outputs.
///
/// The template does not hold the digest itself: a change of one line would then be two.
enum ContentDigest {
    /// `deploy.sh` knows it by this name. Ids of resources end with their kind, so that none is equal to it.
    static let name = "ContentDigest"

    static let parameter = Value.Member(
        name,
        .object([
            "Type": .string("String"),
            "Default": .string("unknown"),
            "Description": .string("SHA-256 of the template and the tags that deploy.sh deploys"),
        ]))

    static let output = Value.Member(
        name,
        .object([
            "Description": .string("What deploy.sh knows an unchanged stack by"),
            "Value": .ref(name),
        ]))
}
