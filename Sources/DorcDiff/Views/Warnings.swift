/// What nobody may overlook, told before all else.
struct Warnings {
    struct Line {
        var group: StackGroup
        /// Nil for a stack that goes as a whole.
        var resource: ResourceDifference?
        var entry: Entry?
        var words = ""
    }

    /// Permissions that become wider.
    private(set) var wider: [Line] = []
    /// Resources that lose something.
    private(set) var losses: [Line] = []
    /// Updates that CloudFormation refuses.
    private(set) var obstacles: [Line] = []

    init(_ groups: [StackGroup]) {
        for group in groups {
            if group.first.change == .removed {
                var lost: [String] = []
                for loss in group.first.resources.flatMap(\.losses) where !lost.contains(loss) { lost.append(loss) }
                if !lost.isEmpty { losses.append(Line(group: group, words: lost.joined(separator: "; "))) }
            }
            for resource in group.first.resources {
                if let obstacle = resource.obstacle {
                    obstacles.append(Line(group: group, resource: resource, words: obstacle))
                }
                if !resource.losses.isEmpty, group.first.change != .removed {
                    losses.append(
                        Line(group: group, resource: resource, words: resource.losses.joined(separator: "; ")))
                }
                for entry in resource.entries where entry.effect == .wider {
                    wider.append(Line(group: group, resource: resource, entry: entry))
                }
            }
        }
    }

    var isEmpty: Bool { wider.isEmpty && losses.isEmpty && obstacles.isEmpty }
}
