internal import DorcSynth

extension StackLowering {
    func lower(_ repository: Repository) -> Value {
        let days = repository.untaggedExpiryDays
        // ECR takes the policy as JSON in a text.
        let lifecycle =
            #"{"rules":[{"rulePriority":1,"description":"Expire untagged images after \#(days) days","#
            + #""selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":\#(days)},"#
            + #""action":{"type":"expire"}}]}"#
        return resource(
            "AWS::ECR::Repository", deletion: .retain,
            [
                "RepositoryName": .string(repository.name),
                "ImageScanningConfiguration": .object(["ScanOnPush": .boolean(true)]),
                "ImageTagMutability": .string("IMMUTABLE"),
                "EncryptionConfiguration": .object(["EncryptionType": .string("KMS")]),
                "LifecyclePolicy": .object(["LifecyclePolicyText": .string(lifecycle)]),
                "RepositoryPolicyText": repository.policy.map(value),
                "Tags": Self.tagList(repository.tags),
            ])
    }
}
