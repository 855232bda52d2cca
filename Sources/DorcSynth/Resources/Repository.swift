/// `AWS::ECR::Repository`: the images of one function.
package struct Repository: Sendable {
    package var name: String
    package var untaggedExpiryDays: Int
    /// Who pulls images from other accounts; nil where every account has repositories of its own.
    package var policy: PolicyDocument?
    package var tags: [String: String]
}
