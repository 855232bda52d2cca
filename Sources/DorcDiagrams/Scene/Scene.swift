internal import DorcModel

/// A diagram with all at its place: what the SVG writer draws.
struct Scene: Sendable {
    struct NodeBox: Sendable {
        var box: Box
        /// Of the diagram's nodes, or of the project's pipelines.
        var index: Int
        var style: Style
        /// From top to bottom; already cut to fit.
        var lines: [Line]
        /// What the box is about, in full.
        var title: String
        var icon: String
        /// The pipeline to which a click leads.
        var target: PipelineID?
    }

    struct Line: Sendable {
        enum Kind: String, Sendable {
            case name, detail, condition, error, note
        }

        var kind: Kind
        var text: String
        /// From the upper side of the box to the base line.
        var y: Int
    }

    struct Style: Sendable {
        /// A class of its colours.
        var kind: String
        var isHandler = false
        /// Several cards behind each other.
        var isMany = false
        /// Without a frame, and smaller.
        var isStarter = false
    }

    /// A text without a box.
    struct Label: Sendable {
        enum Kind: String, Sendable {
            case heading, section, fails = "outcome-fails", goesOn = "outcome-goes-on", muted
        }

        var at: Point
        var text: String
        var kind: Kind
    }

    /// Where the run begins and ends.
    enum Mark: Sendable {
        case start, end
    }

    var width = 0
    var height = 0
    /// For those who do not see it.
    var title = ""
    var description = ""
    var frames: [Placement.Frame] = []
    var lines: [Placement.Line] = []
    var junctions: [Point] = []
    var boxes: [NodeBox] = []
    var marks: [(mark: Mark, at: Point)] = []
    var labels: [Label] = []
}
