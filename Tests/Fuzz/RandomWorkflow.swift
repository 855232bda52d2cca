/// A pipeline.yaml with steps of all kinds in a random graph: what small changes to existing files hardly ever give.
struct RandomWorkflow {
    var random: RandomNumbers
    /// Paths of definitions; those of pipelines name what a step may run.
    let pipelines: [String]

    mutating func text() -> String {
        let count = random.pick([1, 2, 3, 5, 8, 13, 40])
        let density = random.pick([5, 20, 50])
        let handlers = random.below(3)
        var lines: [String] = []
        for number in 0..<count {
            var parts = ["name: s\(number)"]
            parts.append(kind())
            if random.chance(80) {
                let before = (0..<number).filter { _ in random.chance(density) }.map { "s\($0)" }
                parts.append("after: [\(before.joined(separator: ", "))]")
            }
            if random.chance(20) { parts.append("arguments: {a: 1, b: '{% $states.input %}'}") }
            if random.chance(10) { parts.append("when: '{% $states.input.x > 1 %}'") }
            if random.chance(15) {
                parts.append("retry: \(random.pick(["2", "0", "{attempts: 3, errors: [A, States.Timeout]}"]))")
            }
            if random.chance(15), handlers > 0 {
                parts.append(
                    "catch: {errors: [\(random.pick(["States.ALL", "Busy"]))], next: h\(random.below(handlers))}")
            }
            lines.append("  - {\(parts.joined(separator: ", "))}")
        }
        for number in 0..<handlers {
            let end = random.pick(["", ", then: fail", ", then: continue", number > 0 ? ", after: h\(number - 1)" : ""])
            lines.append("  - {name: h\(number), only_on_error: true, function: f\(end)}")
        }
        if random.chance(40) { lines.shuffle(using: &random) }
        let limits = random.pick([
            "", "timeout: 2h\n", "max_active_runs: 1\n", "max_active_runs: 1\nwhen_busy: skip\n",
            "defaults: {retry: 2}\n", "parameters: {x: 1, t: '{% $now() %}'}\n",
            "finally: [{name: last, function: f}]\n",
        ])
        return "description: random\n\(limits)steps:\n" + lines.map { $0 + "\n" }.joined()
    }

    private mutating func kind() -> String {
        switch random.below(10) {
        case 0: return "wait: \(random.pick(["5m", "{until: '{% $states.input.t %}'}"]))"
        case 1: return "for_each: '{% $states.input.files %}', function: f, max_concurrency: 3"
        case 2: return "for_each: {s3: {bucket: b, prefix: p/}}, function: f"
        case 3: return "task: 'arn:aws:states:::sns:publish', permissions: [{actions: [sns:Publish], resources: ['*']}]"
        case 4:
            let names = pipelines.compactMap { path -> String? in
                let parts = path.split(separator: "/")
                return parts.count == 4 ? parts[1...2].joined(separator: "/") : nil
            }
            return names.isEmpty ? "function: f" : "pipeline: \(random.pick(names))"
        default: return "function: f"
        }
    }
}
