import ArgumentParser
import DorcRun
import DorcText

/// Hands a plan to the runner.
struct RunnerProcess {
    /// What `--python` names.
    var python: String?

    /// The runner takes the place of this process: returns only where it cannot be started.
    func run(_ plan: RunPlan, options: [String], console: Console) throws -> ExitStatus {
        let python = try PythonChoice.path(self.python)
        let bytes = Array(JSONPretty.file(plan.json).utf8)
        do {
            let start = try RunnerCache().start()
            let file = try InheritedFile(bytes, temporaryFolder: RunnerCache.temporaryFolder)
            let failure = ProcessReplacement.become([python, start, file.path] + options)
            console.say("error: cannot start `\(python)`: \(failure.message)\n")
        } catch let error as SystemError {
            console.say("error: the plan cannot be handed to the runner: \(error.message)\n")
        } catch {
            console.say("error: \(error)\n")
        }
        return .failure
    }
}
