import ArgumentParser
import DorcTemplates
import Testing

@testable import DorcCommandLine

/// What is read without ArgumentParser is what ArgumentParser reads.
@Suite struct UsualCommandTests {
    @Test(arguments: [
        "out/", "out", "synth out/", "check", "check --config x", "out/ --check", "out/ --check --stat",
        "--config x out/ --format json --quiet",
        "synth --environment dev --environment prod --pipeline raw/x o",
        "out/ --config=x --format=yaml --check --quiet",
        "check --diagnostics-format json --config x/dorc.yaml", "--version",
        "check --strict --diagnostics-format sarif", "out/ --diagnostics-format=github",
    ])
    func `usual spellings need no ArgumentParser`(line: String) throws {
        let command = try #require(UsualCommand(words(line)))
        if line != "--version" { #expect(parsed(words(line)) == command) }
    }

    @Test(arguments: [
        "", "--help", "-h", "help", "help synth", "new", "new project", "synth", "synth --check", "check out/",
        "out/ more/",
        "--format toml out/", "out/ --format", "out/ --config --check", "out/ --config -x", "-c",
        "--no-such-option out/",
        "out/ --quiet=true", "out/ --config= ", "out/ --config x --config y", "-- out/", "check --check",
        "--version out/",
        "check --help", "out/ --version", "out/ --strict", "check --strict=true", "out/ --diagnostics-format xml",
        "out/ -q", "out/ --conf x",
    ])
    func `what is unusual is left to ArgumentParser`(line: String) {
        #expect(UsualCommand(words(line)) == nil)
    }

    @Test func `both parsers read many spellings alike`() {
        let vocabulary = [
            "out/", "out", "synth", "check", "new", "help", "--check", "--stat", "--quiet", "--config", "--config=a",
            "--format",
            "json",
            "yaml", "--format=json", "--environment", "dev", "--environment=prod", "--pipeline", "raw/x",
            "--pipeline=raw/y=z",
            "--diagnostics-format", "text", "--diagnostics-format=json", "sarif", "--diagnostics-format=github",
            "--strict", "--version", "--", "-", "-x", "--x", "",
            "--config=",
        ]
        var lines = vocabulary.flatMap { first in [[first]] + vocabulary.map { [first, $0] } }
        var state: UInt64 = 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<1000 {
            let options = (0..<next(5)).map { _ in vocabulary[next(vocabulary.count)] }
            // Most lines of any words are mistakes: these have a value where one is wanted.
            let pairs = [
                ["--config", "a"], ["--format", "json"], ["--environment", "dev"], ["--check"], ["out/"], ["check"],
                ["--diagnostics-format", "sarif"], ["check", "--strict"],
            ]
            lines.append(pairs[next(pairs.count)] + options)
            lines.append((0..<4).flatMap { _ in pairs[next(pairs.count)] })
        }
        var usual = 0
        for line in lines {
            guard let command = UsualCommand(line), command != .version else { continue }
            usual += 1
            #expect(parsed(line) == command, "\(line)")
        }
        #expect(usual > 100)
    }

    @Test func `the names of the commands are those of ArgumentParser`() {
        #expect(DorcSynthCommand.names == DorcSynthCommand.configuration.subcommands.map { $0._commandName })
    }

    private func words(_ line: String) -> [String] {
        line.split(separator: " ", omittingEmptySubsequences: false).map(String.init).filter {
            !line.isEmpty || !$0.isEmpty
        }
    }

    private func parsed(_ words: [String]) -> UsualCommand? {
        switch try? DorcSynthCommand.parseAsRoot(words) {
        case let synth as Synth: .synth(synth.options)
        case let check as Check: .check(check.options)
        default: nil
        }
    }
}
