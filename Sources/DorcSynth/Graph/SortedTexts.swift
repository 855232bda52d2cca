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
        var entries: [Entry] = []
        entries.reserveCapacity(6 + tags.count)
        func add(_ key: String, _ value: String?) {
            if let value { entries.append(Entry(key, value)) }
        }
        // Sorted: then it takes little to sort them.
        add("environment", environment)
        add("layer", pipeline?.layer)
        add("managed-by", "dorc-synth")
        add("pipeline", pipeline?.name)
        add("project", project.name)
        add(TagRule.repository, project.repository)
        let own = entries.indices
        for (key, value) in tags where !own.contains(where: { entries[$0].key == key }) { add(key, value) }
        self.init(entries)
    }

    /// Those that never change while the stack exists.
    init(fixedFor project: Project, environment: String) {
        self.init([
            Entry("environment", environment), Entry("managed-by", "dorc-synth"), Entry("project", project.name),
        ])
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
