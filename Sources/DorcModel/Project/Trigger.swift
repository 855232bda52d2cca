package import DorcText
package import Schedules

/// What starts a pipeline.
package struct Trigger: Sendable {
    package enum Source: Sendable {
        case schedule(ScheduleTrigger)
        case objectCreated(bucket: Text, prefix: Text?, suffix: Text?)
        /// An event pattern of EventBridge.
        case event(JSONValue<Text>)
        /// The ends of other pipelines' runs; any of them starts the pipeline.
        case afterPipelines([PipelineID], CompletionKind)
        /// The ends of other pipelines' runs, once each of them has had one since the last start.
        case afterAll(Join)

        /// The pipelines whose ends it waits for, and which ends; nil for another source.
        package var ends: (of: [PipelineID], kind: CompletionKind)? {
            switch self {
            case .afterPipelines(let pipelines, let kind): (pipelines, kind)
            case .afterAll(let join): (join.pipelines, join.kind)
            case .schedule, .objectCreated, .event: nil
            }
        }
    }

    package var name: String
    package var range: SourceRange
    /// Of the value that says what starts the pipeline.
    package var sourceRange: SourceRange
    package var source: Source

    package init(
        name: String, range: SourceRange, sourceRange: SourceRange, source: Source
    ) {
        self.name = name
        self.range = range
        self.sourceRange = sourceRange
        self.source = source
    }
}

package struct ScheduleTrigger: Sendable {
    package var expression: ScheduleExpression
    /// As it is written, with its variables replaced.
    package var text: String
    /// A name of the IANA list; nil for UTC.
    package var timezone: String?
    package var start: UTCTime?
    package var end: UTCTime?
    /// The start may be that much later, 1 to 1,440; nil for on time.
    package var flexibleMinutes: Int?
    package var input: JSONValue<Text>?
    package var places: Places

    /// Where its parts are written.
    package struct Places: Sendable {
        package var expression: SourceRange
        package var timezone: SourceRange?
        package var start: SourceRange?
        package var end: SourceRange?

        package init(
            expression: SourceRange, timezone: SourceRange? = nil, start: SourceRange? = nil, end: SourceRange? = nil
        ) {
            self.expression = expression
            self.timezone = timezone
            self.start = start
            self.end = end
        }
    }

    package init(_ expression: ScheduleExpression, text: String, at places: Places) {
        self.expression = expression
        self.text = text
        self.places = places
    }
}

/// Pipelines that all have to end before another one starts.
package struct Join: Sendable {
    package var pipelines: [PipelineID]
    package var kind: CompletionKind
    /// The most that may lie between the first and the last of these ends; nil for any time.
    package var within: Duration?

    package init(of pipelines: [PipelineID], _ kind: CompletionKind, within: Duration?) {
        self.pipelines = pipelines
        self.kind = kind
        self.within = within
    }
}

/// Which ends of another pipeline's runs start a pipeline.
package enum CompletionKind: String, Sendable, CaseIterable {
    case success, failure, any
}
