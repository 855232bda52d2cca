internal import DorcModel
internal import DorcText

/// What the box of a step and the list of its settings say.
struct StepWords {
    let step: Step
    let functions: [String: Function]

    func node(isLast: Bool) -> DiagramNode {
        var node = DiagramNode(name: step.name, kind: kind, isHandler: step.isOnlyOnError)
        node.runs = runs
        node.detail = detail
        node.condition = step.condition.map { Self.expression($0) }
        if case .pipeline(let id, _) = step.action { node.target = id }
        node.catchers = step.catchers.map {
            DiagramNode.Catcher(errors: Self.errors($0.errors), handler: $0.handler)
        }
        if step.isOnlyOnError, isLast { node.outcome = step.failsRun ? .fails : .goesOn }
        node.settings = settings
        return node
    }

    private var kind: DiagramNode.Kind {
        if let iteration = step.iteration { return iteration.isDistributed ? .distributedMap : .map }
        return switch step.action {
        case .function(let name): functions[name]?.compute == nil ? .function : .job
        case .pipeline: .pipeline
        case .task: .task
        case .wait: .wait
        }
    }

    private var runs: String {
        switch step.action {
        case .function(let name): name
        case .pipeline(let id, _): id.description
        case .task(.integration(let name)): name
        case .task(.arn(let arn)): Self.text(arn)
        case .wait: ""
        }
    }

    private var detail: String {
        step.isFinally ? ["finally", ownDetail].filter { !$0.isEmpty }.joined(separator: " · ") : ownDetail
    }

    private var ownDetail: String {
        let action: String
        switch step.action {
        case .function(let name): action = name == step.name ? "" : name
        case .pipeline(let id, let waits): action = waits ? "runs \(id)" : "starts \(id)"
        case .task: action = runs
        case .wait(.duration(let duration)): action = "waits \(Words.duration(duration))"
        case .wait(.until(let time)): action = "waits until \(Self.expression(time))"
        }
        guard let iteration = step.iteration else { return action }
        return [action, "each of \(Self.source(iteration))"].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private static func source(_ iteration: Iteration) -> String {
        switch iteration.source {
        case .items(.text(let text)): expression(text)
        case .items(.list(let items)): "\(items.count) items"
        case .items: "items"
        case .objects(let bucket, let prefix): "s3://\(text(bucket))/\(prefix.map(text) ?? "")"
        case .csv(let bucket, let key), .jsonLines(let bucket, let key): "lines of s3://\(text(bucket))/\(text(key))"
        }
    }

    // MARK: Settings

    private var settings: [Setting] {
        var settings: [Setting] = []
        if step.isFinally { settings.append(Setting("Runs", "after all others, whether the run succeeded or failed")) }
        if let iteration = step.iteration {
            settings.append(Setting("For each of", Self.source(iteration)))
            if let most = iteration.maxConcurrency { settings.append(Setting("At once", "\(most)")) }
            if let batch = iteration.batch { settings.append(Setting("Batches of", "\(batch)")) }
            switch iteration.toleratedFailures {
            case .count(let count)?: settings.append(Setting("Failures allowed", "\(count)"))
            case .percentage(let share)?: settings.append(Setting("Failures allowed", "\(share.text) %"))
            case nil: break
            }
            if iteration.mode == .express {
                settings.append(Setting("Items run as", "Express workflows, up to 5 minutes each"))
            }
            if let results = iteration.results {
                let prefix = results.prefix.map { "/" + Self.text($0) } ?? ""
                settings.append(Setting("Results in", "s3://\(Self.text(results.bucket))\(prefix)"))
            }
        }
        if let condition = step.condition { settings.append(Setting("Only if", Self.expression(condition))) }
        if let arguments = step.arguments { settings.append(Setting("Arguments", Words.json(arguments))) }
        if case .function(let name) = step.action, let function = functions[name] {
            if let compute = function.compute {
                let place = compute.kind.isFargate ? "Fargate" : "EC2"
                settings.append(Setting("AWS Batch", "\(compute.words), on \(place)"))
            } else {
                settings.append(Setting("Memory", "\(function.memory) MB"))
            }
            settings.append(Setting("Timeout", Words.duration(step.timeout ?? function.timeout)))
            if case .external(let image) = function.image { settings.append(Setting("Image", Self.text(image))) }
        } else if let timeout = step.timeout {
            settings.append(Setting("Timeout", Words.duration(timeout)))
        }
        if let retry = step.retry { settings.append(Setting("Retry", Words.retry(retry))) }
        return settings
    }

    // MARK: Words

    static func errors(_ errors: [String]) -> String {
        errors.contains("States.ALL") ? "any error" : errors.joined(separator: ", ")
    }

    /// What is between the marks of JSONata, else the text.
    static func expression(_ text: Text) -> String {
        let whole = Self.text(text)
        guard text.isExpression else { return whole }
        return Words.trimmed(whole.dropFirst(2).dropLast(2))
    }

    static func text(_ text: Text) -> String { text.shown }
}
