import ArgumentParser
import DorcTemplates

/// A command line in one of the usual spellings of `synth`, `check` and `--version`.
///
/// ArgumentParser looks at its types at run time, which takes longer than to compile a pipeline. So what is usual is read
/// here. All else, with every mistake, is ArgumentParser's: a test compares the two.
enum UsualCommand: Equatable {
    case synth(SynthOptions)
    case check(CheckOptions)
    case version

    /// Nil for a spelling that is not usual.
    init?(_ words: [String]) {
        switch words.first {
        case "--version" where words.count == 1: self = .version
        case "check":
            var options = CheckOptions()
            guard Self.read(words.dropFirst(), { options.take($0, $1) }) else { return nil }
            self = .check(options)
        case let first?:
            guard first == "synth" || !DorcSynthCommand.names.contains(first), first != "help" else { return nil }
            var options = SynthOptions()
            guard Self.read(words.dropFirst(first == "synth" ? 1 : 0), { options.take($0, $1) }), options.output != nil
            else { return nil }
            self = .synth(options)
        case nil: return nil
        }
    }

    var type: any ParsableCommand.Type {
        switch self {
        case .synth: Synth.self
        case .check: Check.self
        case .version: DorcSynthCommand.self
        }
    }

    func run() throws -> ExitStatus {
        switch self {
        case .synth(let options): return try options.run()
        case .check(let options): return try options.run()
        case .version:
            Console().result(BuildInformation.text + "\n")
            return .success
        }
    }

    fileprivate enum Taken {
        case flag, option, nothing
    }

    /// `take` gets each `--option` with the value that may be its own, and each other word with the option "".
    private static func read(
        _ words: ArraySlice<String>, _ take: (_ option: String, _ value: String?) -> Taken
    ) -> Bool {
        var words = words
        while let word = words.popFirst() {
            if !word.hasPrefix("-") {
                guard !word.isEmpty, take("", word) == .option else { return false }
            } else if let sign = word.utf8.firstIndex(of: UInt8(ascii: "=")) {
                let value = word[word.index(after: sign)...]
                guard !value.isEmpty, take(String(word[..<sign]), String(value)) == .option else { return false }
            } else {
                let value = words.first.flatMap { $0.isEmpty || $0.hasPrefix("-") ? nil : $0 }
                switch take(word, value) {
                case .flag: break
                case .option: words.removeFirst()
                case .nothing: return false
                }
            }
        }
        return true
    }
}

extension ReadingOptions.Values {
    fileprivate mutating func take(_ option: String, _ value: String?) -> UsualCommand.Taken {
        switch option {
        case "--config":
            guard let value, config == nil else { return .nothing }
            config = value
        case "--diagnostics-format":
            guard let format = value.flatMap(DiagnosticsFormat.init), diagnosticsFormat == .text else {
                return .nothing
            }
            diagnosticsFormat = format
        default: return .nothing
        }
        return .option
    }
}

extension CheckOptions {
    fileprivate mutating func take(_ option: String, _ value: String?) -> UsualCommand.Taken {
        guard option == "--strict" else { return reading.take(option, value) }
        strict = true
        return .flag
    }
}

extension SynthOptions {
    fileprivate mutating func take(_ option: String, _ value: String?) -> UsualCommand.Taken {
        switch option {
        case "":
            guard output == nil else { return .nothing }
            output = value
        case "--environment":
            guard let value else { return .nothing }
            environments.append(value)
        case "--pipeline":
            guard let value else { return .nothing }
            pipelines.append(value)
        case "--format":
            guard let format = value.flatMap(TemplateFormat.init), self.format == .yaml else { return .nothing }
            self.format = format
        case "--check":
            check = true
            return .flag
        case "--stat":
            stat = true
            return .flag
        case "--quiet":
            quiet = true
            return .flag
        default: return reading.take(option, value)
        }
        return .option
    }
}
