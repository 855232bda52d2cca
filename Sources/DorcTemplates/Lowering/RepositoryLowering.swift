internal import DorcSynth

extension StackLowering {
    func lower(_ repository: Repository) -> Value {
        let (days, keep) = (repository.untaggedExpiryDays, repository.keep)
        // ECR takes the policy as JSON in a text. Tags never move, so that only deleted ones leave images without.
        let lifecycle =
            #"{"rules":[{"rulePriority":1,"description":"Expire untagged images after \#(days) days","#
            + #""selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":\#(days)},"#
            + #""action":{"type":"expire"}},{"rulePriority":2,"description":"Keep the newest \#(keep) images","#
            + #""selection":{"tagStatus":"tagged","tagPatternList":["*"],"countType":"imageCountMoreThan","countNumber":\#(keep)},"#
            + #""action":{"type":"expire"}}]}"#
        return resource(
            "AWS::ECR::Repository", deletion: .retain,
            [
                "RepositoryName": .string(repository.name),
                "ImageScanningConfiguration": .object(["ScanOnPush": .boolean(true)]),
                "ImageTagMutability": .string("IMMUTABLE"),
                "EncryptionConfiguration": .object(["EncryptionType": .string("KMS")]),
                "LifecyclePolicy": .object(["LifecyclePolicyText": .string(lifecycle)]),
                "RepositoryPolicyText": value(repository.policy),
                "Tags": Self.tagList(repository.tags),
            ])
    }
}
