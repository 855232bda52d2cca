/// The variables that every pipeline.yaml can use without declaring them.
package enum BuiltInVariable: String, CaseIterable, Sendable {
    case project, environment, region, account, partition, layer, pipeline

    package static let names = Set(allCases.map(\.rawValue))
}
