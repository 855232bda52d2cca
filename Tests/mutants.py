#!/usr/bin/env python3
"""Changes dorc in thirty small ways, one at a time, and expects a test to fail for each: `make mutants`.

Each mutant is a place in a source file, found by its text, what stands there instead, and the Swift suites that look at it. A text
that is not there exactly once is an error: the list has to follow the code. The tree must be clean; it is left as it was.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Mutant:
    """`why` says what would be wrong for a user."""

    file: str
    old: str
    new: str
    why: str
    suites: str = "SnapshotTests"

    @property
    def path(self) -> Path:
        return ROOT / "Sources" / self.file


SYNTH, CONFIG, TEXT = "DorcSynth/", "DorcConfig/", "DorcText/"

MUTANTS = [
    # The workflow compiler
    Mutant(SYNTH + "Workflow/LevelCut.swift", "if lost < best?.lost", "if lost > best?.lost ?? -1, lost < best?.lost",
           "crossing steps are cut at the first level, not at the best one", "SnapshotTests|DecompositionTests"),
    Mutant(SYNTH + "Workflow/Decomposition.swift", "if index > 0, reach[index] >= index {", "if index > 1, reach[index] >= index {",
           "a step that all others wait for runs beside the next", "SnapshotTests|DecompositionTests"),
    Mutant(SYNTH + "Workflow/StepStates.swift", 'let batch = StateValue.expression("$states.input.Items")',
           'let batch = StateValue.expression("$states.input")', "a batch arrives as an object, not as the list"),
    Mutant(SYNTH + "Workflow/StepStates.swift",
           "let state = ChoiceState(condition: condition, next: target, otherwise: name)",
           "let state = ChoiceState(condition: condition, next: name, otherwise: target)",
           "a step runs where its condition is false"),
    Mutant(SYNTH + "Workflow/RunLimit.swift", ">= \\(maximum) %}", "> \\(maximum) %}", "one run too many is active"),
    Mutant(SYNTH + "Workflow/Retrier.swift", "return [own] + others }", "return others + [own] }",
           "the user's retry comes after the built-in ones"),
    Mutant(SYNTH + "Workflow/Retrier.swift", "if namesKind, retry.attempts == 0 { return own.ofOther }", "",
           "`retry: 0` still retries Lambda's own errors"),
    Mutant(SYNTH + "Workflow/DataPlan.swift", "if branchLasts[branch].contains(step) { continue }", "",
           "an output leaves its branch twice"),
    Mutant(SYNTH + "Workflow/PartCompiler.swift", "for block in blocks.reversed() {", "for block in blocks {",
           "steps of a series run in the wrong order"),
    Mutant(SYNTH + "Runtime/LambdaRuntime.swift", "private static let timeoutMargin = 60",
           "private static let timeoutMargin = 0", "Step Functions gives up at the moment that Lambda does"),
    # Policies
    Mutant(SYNTH + "Passes/MachinePolicy.swift", 'PolicyStatement("CountRuns", ["states:ListExecutions"], on: ownMachines)',
           'PolicyStatement("CountRuns", ["states:ListExecutions"], on: machines)',
           "a pipeline with a limit may not count its own runs"),
    Mutant(SYNTH + "Passes/MachinePolicy.swift",
           '.arn(ARN("states", "execution:", machine, ":*")), .arn(ARN("states", "execution:", machine, "/*")),',
           '.arn(ARN("states", "execution:", machine, ":*")),', "a Distributed Map may not follow its items"),
    Mutant(SYNTH + "Passes/SharedPolicies.swift", 'where: [.ownAccount, .init("ArnLike", "aws:SourceArn", [rules])]),',
           'where: [.ownAccount]),', "rules of other projects may fill the queue"),
    Mutant(SYNTH + "Passes/SharedPolicies.swift", "PolicyDocument(statements + (hasTopic ? publishers(on: everything) : []))",
           "PolicyDocument(statements)", "notices are lost: nobody may encrypt them"),
    Mutant(SYNTH + "Passes/JobPolicy.swift", "let missing = statement.actions.filter { action in !permissions.contains { $0.allows(action) } }",
           "let missing = statement.actions", "rights that the user has narrowed are widened again"),
    Mutant(SYNTH + "Runtime/LambdaPolicy.swift", '["logs:CreateLogStream", "logs:PutLogEvents"]', '["logs:PutLogEvents"]',
           "functions have no logs"),
    # Names and ids
    Mutant(SYNTH + "Naming/Naming.swift", "var head = name.prefix(limit - 9)", "var head = name.prefix(limit - 8)",
           "a long name has a character too many", "NamingTests|SnapshotTests"),
    Mutant(SYNTH + "Naming/LogicalID+Names.swift", "isClear = isClear && (isLower || !startsWord || stem.isEmpty)",
           "isClear = isClear && (isLower || startsWord || !stem.isEmpty)", "`fit1-2` and `fit-12` have one id", "NamingTests|SnapshotTests"),
    # Hashes of images
    Mutant(CONFIG + "Images/ImageHash.swift", '(content.isExecutable ? "executable/" : "file/") + name', '"file/" + name',
           "a file that becomes executable is not deployed", "SnapshotTests|ImageHashTests"),
    Mutant(CONFIG + "Images/ImageHash.swift", "        add(length: content.count)\n", "",
           "two different folders have one hash", "SnapshotTests|ImageHashTests"),
    Mutant(TEXT + "Text/Digest.swift", "nettle_sha256_update(&context, bytes.count, bytes)", "nettle_sha256_update(&context, bytes.count / 2, bytes)",
           "half of a file may change without a deployment", "SnapshotTests|DigestTests"),
    # Resolving
    Mutant(CONFIG + "Resolving/ResolutionContext.swift", "if !variable.isShared { hasDiffered = true }", "",
           "every environment gets the first one's variables", "ResolvingTests|SnapshotTests"),
    Mutant(CONFIG + "Resolving/PerEnvironment.swift", "if parts.count == 1, !context.hasDiffered { return }",
           "if parts.count == 1 { return }", "overrides of an environment are lost", "ResolvingTests|SnapshotTests"),
    Mutant(CONFIG + "Resolving/FunctionSettings.swift", "if let value = section.timeout?.value { timeout = value }", "",
           "timeouts are ignored"),
    # Graphs, YAML, texts
    Mutant(TEXT + "Graphs/DirectedGraph.swift", "level = next.sorted()", "level = next", "the order of steps depends on the order of edges",
           "DirectedGraphTests|SnapshotTests|DecompositionTests"),
    Mutant(TEXT + "Graphs/DirectedGraph.swift", "let first = cycle.firstIndex(of: cycle.min() ?? 0) ?? 0",
           "let first = 0", "a cycle is told from any of its steps", "DirectedGraphTests|SnapshotTests"),
    Mutant("CloudFormation/YAMLScalarStyle.swift", '"y", "n", "yes", "no", "on", "off",', '"yes", "no", "on", "off",',
           "`y` is written plain, which YAML 1.1 reads as true", "YAMLScalarStyleTests|YAMLOracleTests"),
    # Schedules
    Mutant("Schedules/UnixCron+Parsing.swift", "distance = end >= first ? end - first : end + kind.cycle - first",
           "distance = end >= first ? end - first : end + kind.cycle - first - 1", "a range that wraps lacks its last hour",
           "ScheduleExpressionTests|CronRecurrenceTests|EventBridgeScheduleTests"),
    Mutant("Schedules/ZoneRules.swift", "last { $0.time <= time }?.offsetAfter ?? rest", "last { $0.time < time }?.offsetAfter ?? rest",
           "the second in which the clocks change has the wrong time", "ZoneRulesTests|ScheduleCalendarTests"),
    Mutant(CONFIG + "Images/DockerIgnoreSet.swift", "return isListed != isNegated", "return isListed",
           "`[^a]` in .dockerignore excludes what it should keep", "DockerIgnoreTests"),
]


def check_anchors() -> list[str]:
    return [
        f"{mutant.file}: found {count} times: {mutant.old.strip()[:70]}"
        for mutant in MUTANTS
        if (count := mutant.path.read_text(encoding="utf-8").count(mutant.old)) != 1
    ]


def run(command: list[str]) -> tuple[bool, str]:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    return result.returncode == 0, result.stdout + result.stderr


def outcome(mutant: Mutant) -> str:
    """`killed` by a test, `survived`, or `no build`."""
    text = mutant.path.read_text(encoding="utf-8")
    mutant.path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        built, output = run(["swift", "build", "--build-tests"])
        if not built:
            return "no build: " + next((line for line in output.splitlines() if "error:" in line), "")
        passed, _ = run(["swift", "test", "--skip-build", "--filter", mutant.suites])
        return "survived" if passed else "killed"
    finally:
        mutant.path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="look for the places alone")
    parser.add_argument("--only", type=int, nargs="*", help="numbers of mutants, from 1")
    options = parser.parse_args()
    problems = check_anchors()
    if problems:
        sys.exit("These mutants have no place any more:\n  " + "\n  ".join(problems))
    if options.check:
        print(f"{len(MUTANTS)} mutants have their place")
        return
    killed = 0
    chosen = options.only or range(1, len(MUTANTS) + 1)
    for number in chosen:
        mutant = MUTANTS[number - 1]
        result = outcome(mutant)
        killed += result == "killed"
        print(f"{number:2} {result:9} {mutant.file}: {mutant.why}", flush=True)
    run(["swift", "build", "--build-tests"])
    print(f"{killed} of {len(chosen)} killed")


if __name__ == "__main__":
    main()
