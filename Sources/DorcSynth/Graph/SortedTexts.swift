package import CloudFormation
internal import DorcModel

/// Texts by their keys, sorted: tags and the like, which are written into several files.
package struct SortedTexts: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        package var key: String
        package var value: String

        package init(_ key: String, _ value: String) {
            self.key = key
            self.value = value
        }
    }

    package let entries: [Entry]

    package init(_ entries: [Entry]) {
        self.entries = entries.sorted { $0.key < $1.key }
    }

    package subscript(_ key: String) -> String? { entries.first { $0.key == key }?.value }
}

extension SortedTexts {
    /// The tags of the user's, and over them those that dorc sets itself (`TagRule.own`).
    init(
        tags: [String: String], project: Project, environment: String? = nil, pipeline: PipelineID? = nil
    ) {
        // Sorted: then it takes little to sort them.
        let own = [
            ("environment", environment), ("layer", pipeline?.layer), ("managed-by", "dorc-synth"),
            ("pipeline", pipeline?.name), ("project", project.name), (TagRule.repository, project.repository),
        ]
        let entries = own.compactMap { key, value in value.map { Entry(key, $0) } }
        let others = tags.filter { tag in !entries.contains { $0.key == tag.key } }
        self.init(entries + others.map { Entry($0.key, $0.value) })
    }
}

extension TemplateWriter {
    package subscript(_ key: StaticString) -> SortedTexts {
        @available(*, unavailable, message: "a writer only writes") get { SortedTexts([]) }
        set {
            object(key) {
                for entry in newValue.entries {
                    $0.key(entry.key)
                    $0.add(entry.value)
                }
            }
        }
    }

    /// As most types of resources take their tags.
    mutating func add(tags: SortedTexts) {
        list {
            for tag in tags.entries {
                $0.object {
                    $0["Key"] = tag.key
                    $0["Value"] = tag.value
                }
            }
        }
    }
}
