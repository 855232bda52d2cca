internal import DorcModel

/// What a state machine does beside running functions, read off its states: its role's policy follows from it.
struct MachineUses {
    /// Whether it starts other state machines.
    var startsRuns = false
    /// Whether it waits for the end of one that it starts.
    var waitsForRuns = false
    var listsRuns = false
    var runsDistributedMaps = false
    /// Objects of buckets that Distributed Maps list, read and write.
    var listed: [(bucket: Text, prefix: Text?)] = []
    var read: [(bucket: Text, key: Text)] = []
    var written: [(bucket: Text, prefix: Text?)] = []
    /// Jobs whose end it waits for, each once: `.sync` needs rights of its own.
    var followed: [Integration] = []
    /// Whether it waits for the end of containers without dorc's runner.
    var followsContainers = false

    init(_ definition: StateMachine.Definition) {
        switch definition {
        case .compiled(let machine): add(machine.states)
        case .user(let machine):
            runsDistributedMaps = machine.machine.runsDistributedMaps
            for integration in machine.machine.integrations { add(integration) }
            if let preamble = machine.preamble { add(preamble) }
        }
    }

    private mutating func add(_ list: StateList) {
        for index in list.states.indices {
            switch list.states[index].state {
            case .task(let task): add(task.action)
            case .map(let map): add(map)
            case .parallel, .choice, .wait, .pass, .succeed, .fail: break
            }
        }
        for index in list.states.indices {
            for inner in list.states[index].state.inner { add(inner) }
        }
    }

    /// Whether it touches more than the environment's own pipelines: to follow a container takes a right to all jobs of the account.
    var reachesOutside: Bool {
        !listed.isEmpty || !read.isEmpty || !written.isEmpty || !followed.isEmpty || followsContainers
    }

    private mutating func add(_ action: TaskState.Action) {
        switch action {
        case .startExecution(_, let waits):
            startsRuns = true
            waitsForRuns = waitsForRuns || waits
        case .integration(RunLimit.integration): listsRuns = true
        case .integration(let name):
            if let integration = Integration(name) { add(integration) }
        case .job(let submission):
            if case .container = submission.work { followsContainers = true }
        case .resource, .arn: break
        }
    }

    private mutating func add(_ integration: Integration) {
        guard integration.following != nil, !followed.contains(integration) else { return }
        followed.append(integration)
    }

    private mutating func add(_ map: MapState) {
        guard map.iteration.isDistributed else { return }
        runsDistributedMaps = true
        switch map.iteration.source {
        case .items: break
        case .objects(let bucket, let prefix): listed.append((bucket, prefix))
        case .csv(let bucket, let key), .jsonLines(let bucket, let key): read.append((bucket, key))
        }
        if let results = map.iteration.results { written.append((results.bucket, results.prefix)) }
    }
}
