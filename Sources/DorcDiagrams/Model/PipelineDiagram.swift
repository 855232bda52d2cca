package import DorcModel
package import DorcSynth

/// A pipeline as it is drawn: what is in it, not yet where.
///
///     Project -> ProjectDiagram, PipelineDiagram   what is drawn, in words         (Building/)
///             -> Scene                             boxes, lines, texts at places    (Layout/)
///             -> SVG, HTML                                                         (Writers/, Page/)
///     Mermaid and DOT have layouts of their own: they are written from the diagrams.
package struct PipelineDiagram: Sendable {
    package struct Edge: Sendable, Equatable {
        package enum Kind: Sendable {
            case flow, error
        }

        package var source: Int
        package var target: Int
        package var kind = Kind.flow
    }

    /// A group of nodes that edges connect, as blocks.
    package struct Part: Sendable {
        package var outline: WorkflowOutline
        package var members: [Int]
    }

    package enum Flow: Sendable {
        /// Steps, and groups of error paths.
        case blocks(main: Part, errorPaths: [Part])
        /// A definition: its states, which may be in cycles.
        case graph
    }

    package var id: PipelineID
    package var description: String?
    package var owner: String?
    /// Of the whole pipeline.
    package var settings: [Setting] = []
    package var starters: [Starter] = []
    package var nodes: [DiagramNode] = []
    /// Without those that follow from others.
    package var edges: [Edge] = []
    package var flow = Flow.graph
    /// The definition that the user wrote, where there is one.
    package var isDefinition = false
}

/// All pipelines of a project, and what starts what.
package struct ProjectDiagram: Sendable {
    package struct Edge: Sendable, Equatable {
        package enum Kind: String, Sendable {
            /// A step runs the other pipeline.
            case runs
            /// The other pipeline's trigger waits for the end of this one's runs.
            case success, failure, any
        }

        package var source: Int
        package var target: Int
        package var kind: Kind
    }

    package var name: String
    /// Those that the diagram is about; empty for all.
    package var environments: [String] = []
    /// By layer, then by name.
    package var pipelines: [PipelineDiagram] = []
    /// Each once.
    package var edges: [Edge] = []

    /// In the order of the pipelines.
    package var layers: [String] {
        pipelines.reduce(into: []) { if $0.last != $1.id.layer { $0.append($1.id.layer) } }
    }
}

extension ProjectDiagram {
    /// A project of one pipeline.
    package func only(_ id: PipelineID) -> ProjectDiagram {
        var diagram = self
        diagram.pipelines = pipelines.filter { $0.id == id }
        diagram.edges = []
        return diagram
    }
}
