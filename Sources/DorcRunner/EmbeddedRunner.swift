/// The Python package beside this file, as SwiftPM embeds it: what interprets a plan.
///
/// SwiftPM drops the folder of an embedded file and makes its name an identifier, so each is named here once more. A test
/// compares this list with the folder.
package enum EmbeddedRunner {
    package static let package = "dorc_runner"

    /// The names of the package's files and their UTF-8 text, sorted by name.
    package static let files: [(name: String, text: [UInt8])] = [
        ("__init__.py", PackageResources.__init___py),
        ("__main__.py", PackageResources.__main___py),
        ("attempt.py", PackageResources.attempt_py),
        ("buckets.py", PackageResources.buckets_py),
        ("cases.py", PackageResources.cases_py),
        ("changes.py", PackageResources.changes_py),
        ("command_line.py", PackageResources.command_line_py),
        ("datasets.py", PackageResources.datasets_py),
        ("dialect.py", PackageResources.dialect_py),
        ("distributed.py", PackageResources.distributed_py),
        ("errors.py", PackageResources.errors_py),
        ("events.py", PackageResources.events_py),
        ("execution.py", PackageResources.execution_py),
        ("expressions.py", PackageResources.expressions_py),
        ("folders.py", PackageResources.folders_py),
        ("image_packages.py", PackageResources.image_packages_py),
        ("interpreter.py", PackageResources.interpreter_py),
        ("json_text.py", PackageResources.json_text_py),
        ("jsonata_errors.py", PackageResources.jsonata_errors_py),
        ("jsonata_text.py", PackageResources.jsonata_text_py),
        ("lambda_answers.py", PackageResources.lambda_answers_py),
        ("languages.py", PackageResources.languages_py),
        ("live.py", PackageResources.live_py),
        ("marshalling.py", PackageResources.marshalling_py),
        ("messages.py", PackageResources.messages_py),
        ("mocks.py", PackageResources.mocks_py),
        ("nodes.py", PackageResources.nodes_py),
        ("options.py", PackageResources.options_py),
        ("parallel.py", PackageResources.parallel_py),
        ("plan.py", PackageResources.plan_py),
        ("process.py", PackageResources.process_py),
        ("reach.py", PackageResources.reach_py),
        ("report.py", PackageResources.report_py),
        ("resume.py", PackageResources.resume_py),
        ("scope.py", PackageResources.scope_py),
        ("secret_values.py", PackageResources.secret_values_py),
        ("single.py", PackageResources.single_py),
        ("tasks.py", PackageResources.tasks_py),
        ("terminal.py", PackageResources.terminal_py),
        ("testing.py", PackageResources.testing_py),
        ("worker.py", PackageResources.worker_py),
        ("workers.py", PackageResources.workers_py),
    ]

    /// What Python is started with, beside the folder of the package: the current folder is not on the path, so that no
    /// `json.py` there takes the place of Python's own. It reads in every Python 3, to say that one is too old.
    package static let start = (
        name: "start.py",
        text: """
        import sys

        if sys.version_info < (3, 10):
            sys.stderr.write(
                "error: %s is Python %d.%d; `dorc-synth run` needs 3.10 or later: name another one with `--python`\\n"
                % (sys.executable, sys.version_info[0], sys.version_info[1])
            )
            sys.exit(64)

        import os
        import runpy

        # PYTHONSAFEPATH leaves the folder of a program out.
        folder = os.path.dirname(os.path.abspath(__file__))
        sys.path[:] = [folder] + [each for each in sys.path if each != folder]
        runpy.run_module("dorc_runner", run_name="__main__", alter_sys=True)

        """
    )
}
