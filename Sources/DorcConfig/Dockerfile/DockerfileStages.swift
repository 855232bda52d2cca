internal import DorcText

/// Instructions -> stages, with the variables that each knows.
struct DockerfileStages {
    struct Stage {
        var name: String?
        /// The stage that it continues, or nil for an image.
        var base: Int?
        /// The stages that it copies from or mounts.
        var uses: [Int] = []
        var variables: DockerfileVariables
        var copies: [Dockerfile.Copy] = []
        /// What the stages that it continues say, too.
        var run = ImageCommand()
        /// Whether it has a `CMD` of its own.
        var setsCommand = false
        var undeclaredCodePath: SourceRange?
        var runs = ""
    }

    private let file: SourceFile
    private let arguments: [String: String]
    /// `ARG` before the first `FROM`.
    private var globals: DockerfileVariables
    private var stages: [Stage] = []
    private var numbers: [String: Int] = [:]

    init(file: SourceFile, escape: Unicode.Scalar, arguments: [(name: String, value: String)]) {
        self.file = file
        var known = Dictionary(arguments.map { ($0.name, $0.value) }) { $1 }
        known["CODE_PATH"] = String(DockerfileVariables.codePath)
        self.arguments = known
        globals = DockerfileVariables(escape: escape)
    }

    /// The stages that the image is built from, in their order: the last one, and what it needs.
    var used: [Stage] {
        var needed: Set<Int> = []
        var pending = stages.isEmpty ? [] : [stages.count - 1]
        while let index = pending.popLast() {
            guard needed.insert(index).inserted else { continue }
            pending += stages[index].uses + (stages[index].base.map { [$0] } ?? [])
        }
        return needed.sorted().map { stages[$0] }
    }

    mutating func add(_ instruction: DockerfileReader.Instruction) {
        switch instruction.keyword {
        case "FROM": addStage(instruction)
        case "ARG": addArguments(instruction.words)
        default:
            guard let last = stages.indices.last else { return }
            switch instruction.keyword {
            case "ENV": addEnvironment(instruction.words, to: &stages[last])
            case "COPY", "ADD": addCopy(instruction, to: last)
            case "RUN": addRun(instruction, to: last)
            case "CMD":
                stages[last].run.command = part(instruction)
                stages[last].setsCommand = true
            case "ENTRYPOINT":
                stages[last].run.entryPoint = part(instruction)
                // The base image's `CMD` was for the base image's entry point.
                if !stages[last].setsCommand { stages[last].run.command = nil }
            default: break
            }
        }
    }

    private func part(_ instruction: DockerfileReader.Instruction) -> ImageCommand.Part {
        ImageCommand.Part(
            words: instruction.words.map { Located($0.string, $0.range(in: file)) }, isJSON: instruction.isJSON)
    }

    private mutating func addStage(_ instruction: DockerfileReader.Instruction) {
        let words = instruction.words
        var stage = Stage(variables: DockerfileVariables(escape: globals.escape))
        if words.count >= 3, words[1].string.lowercased() == "as" { stage.name = words[2].string.lowercased() }
        if let base = words.first.flatMap({ globals.expand($0.characters.map(\.scalar)) }) {
            stage.base = index(ofStage: base)
            stage.run.base = base
        }
        if let base = stage.base {
            stage.variables = stages[base].variables
            stage.run = stages[base].run
        }
        // Of AWS's base images.
        if stage.base == nil { stage.variables.set("LAMBDA_TASK_ROOT", "/var/task") }
        if let name = stage.name { numbers[name] = stages.count }
        stages.append(stage)
    }

    private func index(ofStage name: String) -> Int? {
        numbers[name.lowercased()]
            ?? Int(name).flatMap { stages.indices.contains($0) ? $0 : nil }
    }

    private mutating func addArguments(_ words: [DockerfileText]) {
        for word in words {
            let parts = word.characters[...].split(separator: "=", maxSplits: 1, whereScalar: true)
            guard let name = parts.first?.string, !name.isEmpty else { continue }
            let variables = stages.last?.variables ?? globals
            let written = parts.dropFirst().first.map { variables.expand($0.characters.map(\.scalar)) }
            // A build argument wins over the default, that over a global one's value. Without any it is empty.
            let value = arguments[name] ?? written ?? (globals.isDeclared(name) ? globals.value(of: name) : "")
            if let last = stages.indices.last {
                stages[last].variables.set(name, Self.isPredefined(name) ? nil : value)
            } else {
                globals.set(name, value)
            }
        }
    }

    /// BuildKit fills these in: `TARGETARCH` and its like.
    private static func isPredefined(_ name: String) -> Bool {
        name.hasPrefix("TARGET") || name.hasPrefix("BUILD")
    }

    private func addEnvironment(_ words: [DockerfileText], to stage: inout Stage) {
        guard let first = words.first else { return }
        guard first.string.contains("=") else {
            let value = words.dropFirst().map(\.string).joined(separator: " ")
            stage.variables.set(first.string, stage.variables.expand(value.unicodeScalars))
            return
        }
        let before = stage.variables
        for word in words {
            let parts = word.characters[...].split(separator: "=", maxSplits: 1, whereScalar: true)
            guard parts.count == 2 else { continue }
            stage.variables.set(parts[0].string, before.expand(parts[1].characters.map(\.scalar)))
        }
    }

    private mutating func addCopy(_ instruction: DockerfileReader.Instruction, to stage: Int) {
        if let from = instruction.flags.first(where: { $0.name == "from" }) {
            note(use: from.value, by: stage)
            return
        }
        let mode = instruction.flags.first { $0.name == "chmod" }?.value
        let sources = instruction.words.dropLast().filter { word in
            let text = word.string
            return !text.hasPrefix("<<") && !text.contains("://") && !text.hasPrefix("git@")
        }
        guard !sources.isEmpty else { return }
        stages[stage].copies.append(
            Dockerfile.Copy(
                sources: sources.map { source($0, in: stage) },
                destination: instruction.words.last.flatMap {
                    stages[stage].variables.expand($0.characters.map(\.scalar))
                },
                mode: mode.map { stages[stage].variables.expand($0.characters.map(\.scalar)) ?? $0.string },
                range: instruction.range))
    }

    private mutating func addRun(_ instruction: DockerfileReader.Instruction, to stage: Int) {
        stages[stage].runs += instruction.words.map(\.string).joined(separator: " ") + "\n"
        for flag in instruction.flags where flag.name == "mount" {
            var options: [String: DockerfileText] = [:]
            for option in flag.value.characters[...].split(separator: ",", maxSplits: .max, whereScalar: true) {
                let parts = option.characters[...].split(separator: "=", maxSplits: 1, whereScalar: true)
                if parts.count == 2 { options[parts[0].string.lowercased()] = parts[1] }
            }
            guard options["type"].map({ $0.string == "bind" }) ?? true else { continue }
            if let from = options["from"] {
                note(use: from, by: stage)
                continue
            }
            guard let place = options["source"] ?? options["src"] else {
                let whole = Dockerfile.Source(text: "", range: instruction.range)
                stages[stage].copies.append(Dockerfile.Copy(sources: [whole], isMount: true, range: instruction.range))
                continue
            }
            stages[stage].copies.append(
                Dockerfile.Copy(sources: [source(place, in: stage)], isMount: true, range: instruction.range))
        }
    }

    private mutating func note(use text: DockerfileText, by stage: Int) {
        guard let name = stages[stage].variables.expand(text.characters.map(\.scalar)) else { return }
        if let index = index(ofStage: name), index != stage { stages[stage].uses.append(index) }
    }

    private mutating func source(_ word: DockerfileText, in stage: Int) -> Dockerfile.Source {
        let range = word.range(in: file)
        let text = word.string
        if text.contains("CODE_PATH"), !stages[stage].variables.isDeclared("CODE_PATH") {
            stages[stage].undeclaredCodePath = stages[stage].undeclaredCodePath ?? range
            return Dockerfile.Source(text: nil, range: range)
        }
        return Dockerfile.Source(text: stages[stage].variables.expand(text.unicodeScalars), range: range)
    }
}
