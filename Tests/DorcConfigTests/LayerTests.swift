import DorcConfig
import DorcModel
import DorcTestSupport
import DorcText
import Testing

/// A setting that several places can have: the strongest that has it counts.
@Suite struct LayerTests {
    private struct Setting {
        var name: String
        var layers: [String]
        var shape: Shape
    }

    /// Every key that says that it has layers, once.
    private var settings: [Setting] {
        var found: [String: Setting] = [:]
        for kind in ConfigFileKind.allCases {
            for place in ShapeWalk.places(of: kind.shape) {
                guard case .object(let object) = place.shape else { continue }
                for key in object.keys where !key.layers.isEmpty {
                    let id = "\(key.name) of \(key.layers.count)"
                    found[id] = Setting(name: key.name, layers: key.layers, shape: key.shape)
                }
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    @Test func `every layer is a place that has the key`() {
        let places = ConfigFileKind.allCases.flatMap { kind in
            ShapeWalk.places(of: kind.shape).map { "\(kind.rawValue) \($0.path)" }
        }
        for setting in settings {
            for layer in setting.layers {
                let path = layer.contains(" ") ? "\(layer).\(setting.name)" : "\(layer) \(setting.name)"
                #expect(places.contains(path), "\(path)")
            }
        }
    }

    @Test func `these settings have layers`() {
        #expect(
            settings.map { "\($0.name) \($0.layers.count)" } == [
                "alert_without_success 2", "compute 6", "ephemeral_storage 6", "log_retention 6", "max_active_runs 2",
                "memory 6", "notifications 2", "timeout 2", "timeout 6", "when_busy 2",
            ])
    }

    @Test func `what a stronger layer says wins over all weaker ones`() throws {
        for setting in settings {
            for strongest in setting.layers.indices {
                // All layers up to this one, each with a value of its own.
                var files: [String: [(path: String, value: String)]] = [:]
                for (index, layer) in setting.layers[...strongest].enumerated() {
                    let parts = layer.split(separator: " ")
                    let value = try #require(example(index, of: setting.shape))
                    files[String(parts[0]), default: []].append((parts.dropFirst().first.map(String.init) ?? "", value))
                }
                let wanted = try #require(example(strongest, of: setting.shape))
                #expect(try resolved(setting, files) == wanted, "\(setting.name) at \(setting.layers[strongest])")
            }
        }
    }

    /// Six values that differ.
    private func example(_ index: Int, of shape: Shape) -> String? {
        switch shape {
        case .integer(let range, _): String(range.lowerBound + index + 1)
        case .choice(let choices): choices.reversed()[index]
        case .duration(let duration):
            duration.choices.map { "\($0[index] / 86400)d" } ?? "\(max(duration.seconds.lowerBound, 60) + index * 60)s"
        case .object: "{email: a\(index)@example.gov.uk}"
        // Fargate has these with 1 vCPU.
        case .either: "{vcpu: 1, memory: \(2048 + index * 1024)}"
        default: nil
        }
    }

    private func resolved(_ setting: Setting, _ files: [String: [(path: String, value: String)]]) throws -> String? {
        var project = "project: demo\nregion: eu-west-2\n"
        var pipeline = "steps: [extract]\n" + (setting.name == "when_busy" ? "max_active_runs: 1\n" : "")
        var ofEnvironment = ["dorc.yaml": "", "pipeline.yaml": ""]
        for (file, values) in files {
            for (path, value) in values {
                let entry = "\(setting.name): \(value)"
                switch (file, path) {
                case ("dorc.yaml", "defaults"): project += "defaults: {\(entry)}\n"
                case ("pipeline.yaml", ""): pipeline += entry + "\n"
                case ("pipeline.yaml", "defaults"): pipeline += "defaults: {\(entry)}\n"
                case ("pipeline.yaml", "functions.*"): pipeline += "functions: {extract: {\(entry)}}\n"
                case (_, "environments.*"): ofEnvironment[file, default: ""] += entry + ", "
                case (_, "environments.*.defaults"): ofEnvironment[file, default: ""] += "defaults: {\(entry)}, "
                case (_, "environments.*.functions.*"):
                    ofEnvironment[file, default: ""] += "functions: {extract: {\(entry)}}, "
                default: Issue.record("\(file) \(path)")
                }
            }
        }
        let network = "vpc_id: vpc-0d0d0d0d0d0d0d0d0, private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]"
        project += "environments: {dev: {\(ofEnvironment["dorc.yaml"] ?? "")\(network)}}\n"
        pipeline += "environments: {dev: {\(ofEnvironment["pipeline.yaml"] ?? "")}}\n"
        let loaded = Repository(pipeline, functions: ["extract"], ["dorc.yaml": project]).load()
        #expect(loaded.findings.filter { $0.severity == .error }.map(\.summary) == [])
        let definition = try #require(loaded.project?.pipelines.first?.environments.first)
        let function = try #require(definition.functions.first)
        return switch (setting.name, setting.layers.count) {
        case ("memory", _): "\(function.memory)"
        case ("ephemeral_storage", _): "\(function.ephemeralStorage)"
        case ("log_retention", _): "\(function.logRetentionDays)d"
        case ("timeout", 6): "\(function.timeout.seconds)s"
        case ("timeout", _): "\(definition.timeout.seconds)s"
        case ("compute", _): function.compute?.written
        case ("when_busy", _): definition.whenBusy.rawValue
        case ("max_active_runs", _): definition.maxActiveRuns.map { "\($0)" }
        case ("notifications", _): definition.notices?.emails.first.map { "{email: \($0)}" }
        case ("alert_without_success", _): definition.alertWithoutSuccess.map { "\($0.value.seconds)s" }
        default: nil
        }
    }
}
