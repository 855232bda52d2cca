"""Small changes of the program, each of which some test has to notice."""

from __future__ import annotations

from typing import NamedTuple

# What of Python is run for an area where the Swift tests notice nothing; paths below Tests/.
PYTHON = {
    "compiler": ["Python/test_semantics.py", "Python/test_active_runs.py", "Python/test_cases.py"],
    "policies": ["Python/test_cases.py", "EndToEnd/test_end_to_end.py"],
    "names": ["Python/test_limits.py"],
    "hashing": ["Python/test_images.py", "Python/test_dockerignore.py"],
    "resolving": ["Python/test_cases.py", "Python/test_command_line.py"],
    "reading": ["Python/test_bad_input.py", "Python/test_corpus.py"],
    "writing": ["Python/test_corpus.py"],
    "schedules": ["Python/test_schedules.py"],
}


class Mutant(NamedTuple):
    """In the file of that name, wherever it was moved to, `old` is exactly once; `new` takes its place."""

    area: str
    file: str
    # What would be wrong for a user.
    why: str
    old: str
    new: str


MUTANTS = [
    # From steps to states
    Mutant(
        "compiler", "LevelCut.swift", "crossing steps are cut at the first level, not at the best one",
        "if lost < best?.lost",
        "if lost > best?.lost ?? -1, lost < best?.lost"),
    Mutant(
        "compiler", "Decomposition.swift", "a step that all others wait for runs beside the next",
        "if index > 0, reach[index] >= index {",
        "if index > 1, reach[index] >= index {"),
    Mutant(
        "compiler", "StepStates.swift", "a batch arrives as an object, not as the list",
        'let batch = StateValue.expression("$states.input.Items")',
        'let batch = StateValue.expression("$states.input")'),
    Mutant(
        "compiler", "StepStates.swift", "a step runs where its condition is false",
        "let state = ChoiceState(condition: condition, next: target, otherwise: name)",
        "let state = ChoiceState(condition: condition, next: name, otherwise: target)"),
    Mutant(
        "compiler", "RunLimit.swift", "one run too many is active",
        ">= \\(maximum) %}",
        "> \\(maximum) %}"),
    Mutant(
        "compiler", "Retry+State.swift", "the user's retry comes after the built-in ones",
        "return [retry] + others }",
        "return others + [retry] }"),
    Mutant(
        "compiler", "Retry+State.swift", "`retry: 0` still retries Lambda's own errors",
        "if namesKind, retry.attempts == 0 { return ofOther(retry) }",
        ""),
    Mutant(
        "compiler", "DataPlan.swift", "an output leaves its branch twice",
        "if branchLasts[branch].contains(step) { continue }",
        ""),
    Mutant(
        "compiler", "PartCompiler.swift", "steps of a series run in the wrong order",
        "for block in blocks.reversed() {",
        "for block in blocks {"),
    Mutant(
        "compiler", "LambdaRuntime.swift", "Step Functions gives up at the moment that Lambda does",
        "private static let timeoutMargin = 60",
        "private static let timeoutMargin = 0"),
    Mutant(
        "compiler", "Decomposition.swift", "chains side by side wait for each other at every level",
        "last.count + piece.count < steps.count, !isPrime(last + piece)",
        "last.count + piece.count < steps.count, isPrime(last + piece)"),
    Mutant(
        "compiler", "DataPlan.swift", "a step takes its state's input for its event where only the number of predecessors is the same",
        "guard Set(predecessors) != Set(incoming) else { return }",
        "guard predecessors.count != incoming.count else { return }"),
    Mutant(
        "compiler", "PartCompiler.swift", "a step without predecessors behind others gets their output instead of the run's input",
        '.expression("$states.context.Execution.Input")',
        '.expression("$states.input")'),
    Mutant(
        "compiler", "Retry+State.swift", "an error that the user names is retried as the runtime would",
        "return [named] + others + [rest]",
        "return others + [named] + [rest]"),
    Mutant(
        "compiler", "RunLimit.swift", "of two runs that start together the younger goes on",
        "$toMillis(StartDate) = $time and ExecutionArn < $own",
        "$toMillis(StartDate) = $time and ExecutionArn > $own"),
    Mutant(
        "compiler", "EventField.swift", "a list in the arguments joins the one around it",
        "$type($value($x)) = 'array' ? [[$x]] : [$x]",
        "$type($value($x)) = 'array' ? [$x] : [$x]"),
    # What may do what
    Mutant(
        "policies", "MachinePolicy.swift", "a pipeline with a limit may not count its own runs",
        'PolicyStatement("CountRuns", ["states:ListExecutions"], on: ownMachines)',
        'PolicyStatement("CountRuns", ["states:ListExecutions"], on: machines)'),
    Mutant(
        "policies", "MachinePolicy.swift", "a Distributed Map may not follow its items",
        '.arn(ARN("states", "execution:", machine, ":*")), .arn(ARN("states", "execution:", machine, "/*")),',
        '.arn(ARN("states", "execution:", machine, ":*")),'),
    Mutant(
        "policies", "SharedPolicies.swift", "rules of other projects may fill the queue",
        'where: [.ownAccount, .init("ArnLike", "aws:SourceArn", [rules])]),',
        "where: [.ownAccount]),"),
    Mutant(
        "policies", "SharedPolicies.swift", "notices are lost: nobody may encrypt them",
        "PolicyDocument(statements + (hasTopic ? publishers(on: everything) : []))",
        "PolicyDocument(statements)"),
    Mutant(
        "policies", "JobPolicy.swift", "rights that the user has narrowed are widened again",
        "let missing = statement.actions.filter { action in !permissions.contains { $0.allows(action) } }",
        "let missing = statement.actions"),
    Mutant(
        "policies", "LambdaPolicy.swift", "functions have no logs",
        '["logs:CreateLogStream", "logs:PutLogEvents"]',
        '["logs:PutLogEvents"]'),
    Mutant(
        "policies", "FunctionVersion.swift", "a deployment deletes the version that runs call",
        "static let deletion: Deletion? = .retainReplaced",
        "static let deletion: Deletion? = .delete"),
    Mutant(
        "policies", "LambdaFunction.swift", "a machine goes on calling the version with the memory of before",
        "writeSize(to: &$0, in: stack)",
        ""),
    Mutant(
        "policies", "LambdaRuntime.swift", "a machine may not call a version or an alias of its functions",
        "return [Self.statement(on: own + versions)]",
        "return [Self.statement(on: own)]"),
    Mutant(
        "policies", "SharedPolicies.swift", "the dead-letter queue can be read without TLS",
        'effect: .deny, principal: .everyone, ["sqs:*"]',
        'effect: .deny, principal: .everyone, ["sqs:SendMessage"]'),
    Mutant(
        "policies", "SharedRoles.swift", "a schedule of any group may start pipelines",
        '.init("StringEquals", "aws:SourceArn", [group])',
        '.init("StringEquals", "aws:SourceAccount", [group])'),
    Mutant(
        "policies", "MachinePolicy.swift", "a machine that waits for another one's run may not stop it",
        '"FollowPipelines", ["states:DescribeExecution", "states:StopExecution"]',
        '"FollowPipelines", ["states:DescribeExecution"]'),
    Mutant(
        "policies", "MachinePolicy.swift", "a machine that lists objects may do so for the prefix itself alone",
        '.init("StringLike", "s3:prefix", [.text(prefix + .literal("*"))])',
        '.init("StringLike", "s3:prefix", [.text(prefix)])'),
    Mutant(
        "policies", "LambdaPolicy.swift", "the code of a function may change network interfaces",
        '"CodeMustNotTouchNetwork", effect: .deny',
        '"CodeMustNotTouchNetwork", effect: .allow'),
    # Names and ids
    Mutant(
        "names", "Naming.swift", "a long name has a character too many",
        "var head = name.prefix(limit - 9)",
        "var head = name.prefix(limit - 8)"),
    Mutant(
        "names", "LogicalID+Names.swift", "`fit1-2` and `fit-12` have one id",
        "isClear = isClear && (isLower || !startsWord || stem.isEmpty)",
        "isClear = isClear && (isLower || startsWord || !stem.isEmpty)"),
    Mutant(
        "names", "Naming.swift", "a name of exactly the longest length is cut",
        "guard name.utf8.count > limit else { return name }",
        "guard name.utf8.count >= limit else { return name }"),
    # Tags of images
    Mutant(
        "hashing", "ImageHash.swift", "a file that becomes executable is not deployed",
        '(content.isExecutable ? "executable/" : "file/") + name',
        '"file/" + name'),
    Mutant(
        "hashing", "ImageHash.swift", "two different folders have one hash",
        '        add(length: content.count)\n',
        ""),
    Mutant(
        "hashing", "Digest.swift", "half of a file may change without a deployment",
        "nettle_sha256_update(&context, bytes.count, bytes)",
        "nettle_sha256_update(&context, bytes.count / 2, bytes)"),
    Mutant(
        "hashing", "DockerIgnoreSet.swift", "`[^a]` in .dockerignore excludes what it should keep",
        "return isListed != isNegated",
        "return isListed"),
    Mutant(
        "hashing", "ImageContext.swift", "functions with the same files share an image",
        'hash.add(name: "CODE_PATH", Array(folder.path.utf8))',
        'hash.add(name: "CODE_PATH", [])'),
    Mutant(
        "hashing", "ImageFiles.swift", "an included file that .dockerignore excludes changes the tag",
        "guard !ignore.excludes(root) else { continue }",
        "_ = ignore.excludes(root)"),
    # From what is written to what it means
    Mutant(
        "resolving", "ResolutionContext.swift", "every environment gets the first one's variables",
        "if !variable.isShared { hasDiffered = true }",
        ""),
    Mutant(
        "resolving", "PerEnvironment.swift", "overrides of an environment are lost",
        "if parts.count == 1, !context.hasDiffered { return }",
        "if parts.count == 1 { return }"),
    Mutant(
        "resolving", "FunctionSettings.swift", "timeouts are ignored",
        "if let value = section.timeout?.value { timeout = value }",
        ""),
    Mutant(
        "resolving", "DirectedGraph.swift", "the order of steps depends on the order of edges",
        "level = next.count > 1 ? next.sorted() : next",
        "level = next"),
    Mutant(
        "resolving", "DirectedGraph.swift", "a cycle is told from any of its steps",
        "let first = cycle.firstIndex(of: cycle.min() ?? 0) ?? 0",
        "let first = 0"),
    Mutant(
        "resolving", "EnvironmentResolver.swift", "the project's region counts before the environment's",
        'section.region?.value ?? file.region?.value ?? ""',
        'file.region?.value ?? section.region?.value ?? ""'),
    # YAML that is read
    Mutant(
        "reading", "YAMLReader.swift", "a merged key replaces the mapping's own",
        "for inherited in source where known.insert(ExactText(inherited.key)).inserted {",
        "for inherited in source where known.insert(ExactText(inherited.key)).inserted || true {"),
    Mutant(
        "reading", "YAMLReader.swift", '`"<<"` in quotes merges',
        'let isMerge = text == "<<" && style == .plain',
        'let isMerge = text == "<<"'),
    Mutant(
        "reading", "YAMLEncoding.swift", "halves of surrogate pairs are taken for UTF-8",
        "case 0xED: (width, second) = (3, 0x80...0x9F)",
        "case 0xED: (width, second) = (3, 0x80...0xBF)"),
    # YAML that is written
    Mutant(
        "writing", "YAMLScalarStyle.swift", "`y` is written plain, which YAML 1.1 reads as true",
        '"y", "n", "yes", "no", "on", "off",',
        '"yes", "no", "on", "off",'),
    # Schedules
    Mutant(
        "schedules", "UnixCron+Parsing.swift", "a range that wraps lacks its last hour",
        "distance = end >= first ? end - first : end + kind.cycle - first",
        "distance = end >= first ? end - first : end + kind.cycle - first - 1"),
    Mutant(
        "schedules", "ZoneRules.swift", "the second in which the clocks change has the wrong time",
        "last { $0.time <= time }?.offsetAfter ?? rest",
        "last { $0.time < time }?.offsetAfter ?? rest"),
    Mutant(
        "schedules", "CronRecurrence.swift", "`6L` also starts a week before the last Friday",
        "day.day > day.daysInMonth - 7",
        "day.day >= day.daysInMonth - 7"),
    Mutant(
        "schedules", "CronRecurrence.swift", "the workday nearest to a 1st that is a Saturday is in the month before",
        "case 6: wanted == 1 ? day == 3 : day == wanted - 1",
        "case 6: day == wanted - 1"),
    Mutant(
        "schedules", "ScheduleExpression+Interval.swift", "the time between the last start of a day and the first of the next is that of the other way round",
        "(day.number - previous) * 1440 + first - last",
        "(day.number - previous) * 1440 + last - first"),
    Mutant(
        "schedules", "ScheduleExpression+EventBridge.swift", "two neighbouring days are a range",
        "run.count > 2",
        "run.count > 1"),
    Mutant(
        "schedules", "PosixZone.swift", "the last Sunday of a month of four is in the next month",
        "if day > first.daysInMonth { day -= 7 }",
        "_ = first.daysInMonth"),
]  # fmt: skip
