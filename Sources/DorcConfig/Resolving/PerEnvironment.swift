internal import DorcText

/// A part of a pipeline in each environment. Most parts are the same in all of them: those are resolved and checked once.
struct PerEnvironment<Part> {
    /// One where the part is shared.
    private var parts: [Part] = []
    private let environments: Int
    /// Whether all environments have one part, though there are several.
    var isShared: Bool { parts.count < environments }

    /// Resolves the part for each environment, or for all of them, where the first one asked for nothing that differs.
    init(
        _ contexts: [ResolutionContext], into diagnostics: inout Diagnostics,
        _ resolve: (ResolutionContext, inout Diagnostics) -> Part
    ) {
        environments = contexts.count
        for context in contexts {
            context.forget()
            parts.append(resolve(context, &diagnostics))
            if parts.count == 1, !context.hasDiffered { return }
        }
    }

    subscript(environment: Int) -> Part { isShared ? parts[0] : parts[environment] }

    /// Looks at two parts together, once where both are shared.
    func forEach<Other>(with other: PerEnvironment<Other>, _ look: (Part, Other) -> Void) {
        for environment in 0..<(isShared && other.isShared ? 1 : environments) {
            look(self[environment], other[environment])
        }
    }
}
