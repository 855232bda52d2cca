internal import DorcText

/// A state of a step as the settings of `pipeline.yaml`. What those have no word for keeps the name that the Amazon States
/// Language has for it.
struct StepSettings {
    let action: String
    /// What it is called with, where that may be the outputs of other steps.
    let event: Tree?
    private let state: Tree
    /// Of a Map, the state that runs for each item.
    private let inner: Tree?
    /// What calls something: the state itself, or the inner one.
    private var call: Tree { inner ?? state }

    /// Told elsewhere: as the action, as an edge, or as a setting below.
    private static let told: Set = [
        "Type", "Resource", "Next", "End", "Default", "Branches", "ItemProcessor", "Iterator", "Catch", "Label",
        "Arguments", "Parameters", "Retry", "TimeoutSeconds", "Items", "ItemReader", "MaxConcurrency", "ItemBatcher",
        "ToleratedFailurePercentage", "ToleratedFailureCount", "Seconds", "Timestamp", "Assign", "Output",
    ]

    init(_ name: String, _ state: Tree, inner: Tree?, function: (String) -> String) {
        self.state = state
        self.inner = inner
        let call = inner ?? state
        action = Self.action(call, function)
        event = inner == nil ? Self.arguments(call, action) : nil
    }

    func settings(isComposed: Bool) -> [WorkflowView.Setting] {
        var settings: [WorkflowView.Setting] = []
        func add(_ name: String, _ value: Tree?) {
            if let value { settings.append(WorkflowView.Setting(name, value.shown)) }
        }
        add("for_each", state["Items"] ?? state["ItemReader"])
        add("max_concurrency", state["MaxConcurrency"])
        add("tolerated_failures", state["ToleratedFailurePercentage"] ?? state["ToleratedFailureCount"])
        add("batch", state["ItemBatcher"])
        if let wait = state["Seconds"] { settings.append(.init("wait", Seconds.words(wait))) }
        add("wait", state["Timestamp"])
        if let arguments = Self.arguments(call, action), !isComposed, !Self.isUsual(arguments) {
            add("arguments", arguments)
        }
        if let timeout = call["TimeoutSeconds"] { settings.append(.init("timeout", Seconds.words(timeout))) }
        let retriers = [call, state].first { $0["Retry"] != nil }?["Retry"]?.items ?? []
        if !retriers.isEmpty { settings.append(.init("retry", retriers.map(Self.retry))) }
        if let output = call["Output"], output.text != "{% $states.result.Output %}" { add("output", output) }
        for member in state["Assign"]?.members ?? [] where !member.name.contains("_output") {
            settings.append(.init("assign \(member.name)", member.value.shown))
        }
        if let kind = state["ItemProcessor"]?["ProcessorConfig"]?["Mode"]?.text, kind != "INLINE" {
            let isExpress = state["ItemProcessor"]?["ProcessorConfig"]?["ExecutionType"]?.text == "EXPRESS"
            // `standard` is what a Distributed Map is where nothing is written.
            settings.append(.init("mode", isExpress ? "express" : kind == "DISTRIBUTED" ? "standard" : kind))
        }
        for member in state.members where !Self.told.contains(member.name) {
            settings.append(.init(member.name, member.value.shown))
        }
        return settings
    }

    // MARK: What it calls

    private static func action(_ state: Tree, _ function: (String) -> String) -> String {
        guard state["Type"]?.text == "Task", let resource = state["Resource"] else {
            return state["Type"]?.text?.lowercased() ?? "nothing"
        }
        if case .list(let parts)? = resource["Fn::GetAtt"], let id = parts.first?.text {
            return "function \(function(id))"
        }
        // A version of it.
        if let id = resource["Ref"]?.text { return "function \(function(id))" }
        var name = resource.shown
        // In a definition that is a text.
        if name.hasPrefix("${"), let end = name.firstIndex(of: "}"), name.index(after: end) == name.endIndex {
            let id = name.dropFirst(2).prefix { $0 != "." && $0 != "}" }
            if !id.contains(":") { return "function \(function(String(id)))" }
        }
        for prefix in ["arn:${AWS::Partition}:states:::", "arn:aws:states:::"] where name.hasPrefix(prefix) {
            name = String(name.dropFirst(prefix.count))
        }
        if jobs.contains(name), let id = state["Arguments"]?["JobDefinition"]?["Ref"]?.text {
            return "job \(function(id))"
        }
        guard name.hasPrefix("states:startExecution"), let machine = state["Arguments"]?["StateMachineArn"]?.shown
        else {
            return "task \(name)"
        }
        let target = machine.split(separator: ":").last.map(String.init) ?? machine
        return "pipeline \(target)" + (name.hasSuffix(".sync:2") ? "" : ", without waiting for it")
    }

    private static func arguments(_ state: Tree, _ action: String) -> Tree? {
        let arguments = state["Arguments"] ?? state["Parameters"]
        if action.hasPrefix("job ") { return jobArguments(arguments?["ContainerOverrides"]) }
        return action.hasPrefix("pipeline ") ? arguments?["Input"] : arguments
    }

    /// The integrations by which functions run as jobs of AWS Batch.
    private static let jobs = ["aws-sdk:batch:submitJob.waitForTaskToken", "batch:submitJob.sync"]

    /// Of dorc's runner the event, out of the expression that makes JSON of it; of another container what it is started with.
    private static func jobArguments(_ overrides: Tree?) -> Tree? {
        guard let event = overrides?["Environment"]?.items.first(where: { $0["Name"]?.text == "DORC_EVENT" })?["Value"]
        else { return overrides }
        let opening = "{% ( $event := "
        guard let text = event.text, text.hasPrefix(opening), let end = text.range(of: "; $json := ", backwards: true)
        else { return event }
        let expression = text[..<end.lowerBound].dropFirst(opening.count)
        let isWhole = expression.hasPrefix("(") && expression.hasSuffix(")")
        return .text("{% \(isWhole ? String(expression.dropFirst().dropLast()) : String(expression)) %}")
    }

    /// What a step gets that has no arguments.
    private static func isUsual(_ arguments: Tree) -> Bool {
        ["{% $states.input %}", "{% $states.input.Items %}"].contains(arguments.text)
    }

    private static func retry(_ retrier: Tree) -> String {
        let errors = (retrier["ErrorEquals"]?.items ?? []).map(\.shown).joined(separator: ", ")
        var parts: [String] = []
        if let attempts = retrier["MaxAttempts"] { parts.append("\(attempts.shown) attempts") }
        if let interval = retrier["IntervalSeconds"] { parts.append("after \(Seconds.words(interval))") }
        if let rate = retrier["BackoffRate"] { parts.append("times \(rate.shown)") }
        if let most = retrier["MaxDelaySeconds"] { parts.append("at most \(Seconds.words(most))") }
        if let jitter = retrier["JitterStrategy"]?.text { parts.append("jitter \(jitter.lowercased())") }
        return "\(errors): \(parts.joined(separator: ", "))"
    }
}
