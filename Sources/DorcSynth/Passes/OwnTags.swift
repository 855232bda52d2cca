internal import DorcModel

/// The tags that dorc sets itself (`TagRule.own`), over those of the user's.
enum OwnTags {
    static func added(
        to tags: [String: String], project: Project, environment: String? = nil, pipeline: PipelineID? = nil
    ) -> [String: String] {
        var tags = tags
        tags["managed-by"] = "dorc-synth"
        tags["project"] = project.name
        tags[TagRule.repository] = project.repository
        tags["environment"] = environment
        tags["layer"] = pipeline?.layer
        tags["pipeline"] = pipeline?.name
        return tags
    }
}
