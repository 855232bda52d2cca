import DorcDiff
import DorcSynth
import DorcTemplates

extension ProjectSide {
    /// The stacks that a manifest lists, of this version or an earlier one. The templates are the caller's to read.
    ///
    /// - Parameter place: where the manifest is, for the error.
    init(manifest bytes: [UInt8], at place: String) throws(DiffError) {
        guard let manifest = Manifest(bytes) else {
            if let version = Manifest.laterVersion(bytes) { throw .laterManifest(place, version: version) }
            throw .unreadableManifest(place)
        }
        self.init(project: manifest.project, stacks: [], templates: [:])
        stacks = manifest.stacks.map { entry in
            Stack(
                key: StackKey(name: entry.name, region: entry.region, account: entry.account), kind: entry.kind,
                environment: entry.environment, pipeline: entry.pipeline, template: entry.template,
                tags: Self.dictionary(entry.tags))
        }
    }

    static func dictionary(_ tags: SortedTexts) -> [String: String] {
        Dictionary(tags.entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}
