/// `AWS::ECR::Repository`: the images of one function.
package struct Repository: Sendable {
    package var name: String
    package var untaggedExpiryDays: Int
    /// How many images with a tag stay.
    package var keep: Int
    /// Who pulls images.
    package var policy: PolicyDocument
    package var tags: [String: String]
}
