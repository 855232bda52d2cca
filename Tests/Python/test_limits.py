"""What AWS limits is accepted up to the limit, warned of from nine tenths on, and refused above it, at its cause.

The numbers are those of AWS's documentation. What every template has within its limits is looked up in the templates.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from collections import Counter

import program
import pytest
from outputs import Output, load_json
from test_version_1 import as_version_1

FILE = "src/raw/x/pipeline.yaml"
HANDLER = "def handler(event, context):\n    return event\n"
LAMBDA, ROLE, RULE = "Lambda::Function", "IAM::Role", "Events::Rule"
MACHINE, SCHEDULE = "StepFunctions::StateMachine", "Scheduler::Schedule"
SIZE = re.compile(r"\b(\d+) (?:bytes|characters|events|resources)\b")


def repository_with(root, definition="steps: [f]\n", functions=(), files=(), **options):
    """A pipeline raw/x with the function `f` and others."""
    program.make_repository(root, {"raw/x": definition}, **options)
    return program.write_files(root, {f"src/raw/x/{name}/lambda.py": HANDLER for name in functions} | dict(files))


def found(dorc, repository, *ids):
    """Severity, file:line and summary of what `check` finds: of all but unused functions, or of these ids alone."""
    return [
        (finding["severity"], f"{finding['file']}:{finding['line']}", finding["summary"])
        for finding in dorc.diagnostics("check", "--config", repository)
        if (finding["id"] in ids if ids else finding["id"] != "unused-function")
    ]


def synthesized(dorc, repository, folder, form="json"):
    out = folder / form
    dorc.succeed(out, "--config", repository, "--format", form, "--quiet")
    return Output(folder, out)


def resources(output, kind, file="dev/core/raw/x.json"):
    """The properties of all resources of a type."""
    every = output.template(file)["Resources"].values()
    return [resource["Properties"] for resource in every if resource["Type"] == f"AWS::{kind}"]


def unlimited(reason):
    """What the program does not do yet: a test that passes then fails, and the mark goes."""
    return pytest.mark.xfail(reason=reason, strict=True)


# Bounds of one value. `<>` is where it stands: there it is refused.


def bounds(id, text, good, bad):
    """One case for each value. `text` ends the key before `<>`, which names the case."""
    key = text.partition("<>")[0].split()[-1].strip("{:[\"'")
    for is_good, values in ((True, good), (False, bad)):
        for value in values:
            name = f"{key}-{value}" if len(value) < 24 else f"{key}-{len(value)}-{value[:12]}"
            yield pytest.param(id, text, value, is_good, id=f"{name}-{'accepted' if is_good else 'refused'}")


def setting(rest):
    return f"functions:\n  f:\n    {rest}\nsteps: [f]\n"


def step(rest):
    return f"steps:\n  - name: f\n    {rest}\n"


def trigger(rest):
    return f"steps: [f]\ntriggers:\n  - name: t\n    {rest}\n"


def tags(count):
    return "{%s}" % ", ".join(f"k{number}: v" for number in range(count))


RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
RESERVED = (
    *("_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV"),
    *("AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION"),
    *("AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME"),
    *("AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API"),
    *("AWS_LAMBDA_MAX_CONCURRENCY", "AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN"),
    *("LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"),
)
NO_VARIABLES = ("A", "1A", "A-B", "A.B", "É1", "_HANDLERS")
BUCKETS = ("ab", "b" * 64, "a..b", "Abc", "a_b", "-ab", "ab-", "10.0.0.1", "xn--a", "sthree-a")
BUCKETS += ("amzn-s3-demo-a", "a.mrap", "a-s3alias", "a--ol-s3", "a--x-s3", "a--table-s3")
IMAGE = setting('image: "111122223333.dkr.ecr.eu-west-2.amazonaws.com/<>"')

PIPELINE_BOUNDS = [
    *bounds("out-of-range", setting("memory: <>"), ["128", "10240"], ["127", "10241"]),
    *bounds("out-of-range", setting("timeout: <>"), ["1s", "900s", "15m"], ["0s", "15d"]),
    *bounds("lambda-limit", setting("timeout: <>"), [], ["901s", "16m"]),
    *bounds("out-of-range", setting("ephemeral_storage: <>"), ["512", "10240"], ["511", "10241"]),
    *bounds("out-of-range", setting("reserved_concurrency: <>"), ["1", "100000"], ["0", "100001"]),
    *bounds("invalid-value", setting("log_retention: <>"), [f"{days}d" for days in RETENTION], ["2d", "31d", "3652d"]),
    *bounds("out-of-range", setting("log_retention: <>"), [], ["23h", "3654d"]),
    *bounds("out-of-range", step("retry: {attempts: <>}"), ["0", "99999999"], ["-1", "100000000"]),
    *bounds("out-of-range", step("retry: {interval: <>}"), ["1s", "99999999s"], ["0s", "100000000s"]),
    *bounds("out-of-range", step("retry: {backoff_rate: <>}"), ["1", "1.0"], ["0.99", "-2"]),
    *bounds(
        "out-of-range",
        step("retry: {interval: 10s, max_delay: <>}"),
        ["11s", "31622400s"],
        ["10s", "1s", "31622401s"],
    ),
    *bounds("out-of-range", step("for_each: [1]\n    max_concurrency: <>"), ["1", "40"], ["0", "41"]),
    *bounds(
        "out-of-range",
        step("for_each: {items: [1]}\n    max_concurrency: <>"),
        ["1", "10000"],
        ["0", "10001"],
    ),
    *bounds("out-of-range", step("for_each: {items: [1]}\n    batch: <>"), ["1", "10000"], ["0", "10001"]),
    *bounds(
        "invalid-value",
        step("for_each: {items: [1]}\n    tolerated_failures: <>"),
        ["0", "999999999", "0%", "2.5%", "100%"],
        ["-1", "1000000000", "100.1%", "-1%", "5 %", "5%%", "1.5"],
    ),
    # A standard workflow runs for a year at most.
    *bounds("out-of-range", step("timeout: <>"), ["1s", "365d"], ["0s", "366d"]),
    *bounds("out-of-range", "timeout: 365d\nsteps:\n  - name: w\n    wait: <>\n", ["1s", "328d"], ["0s", "366d"]),
    *bounds("out-of-range", "timeout: <>\nsteps: [f]\n", ["1s", "365d"], ["0s", "366d"]),
    # Bytes, not characters.
    *bounds("out-of-range", "steps: [f]\ndescription: <>\n", ["d" * 1024, "é" * 512], ["d" * 1025, "é" * 512 + "d"]),
    # Characters, not bytes.
    *bounds("invalid-value", "steps:\n  - function: f\n    name: <>\n", ["s" * 80, "é" * 80], ["s" * 81, "é" * 81]),
    *bounds("invalid-name", setting("environment:\n      <>: v"), ["AB", "A1", "a_"], NO_VARIABLES),
    *bounds("reserved-variable", setting("environment:\n      <>: v"), ["AWS_LAMBDA_EXEC_WRAPPER"], RESERVED),
    *bounds("reserved-variable", setting("secrets:\n      <>: s"), ["AB"], RESERVED[:4]),
    *bounds("invalid-bucket", trigger("s3: {bucket: <>}"), ["abc", "b" * 63, "a.b", "1.2.3"], BUCKETS),
    *bounds("out-of-range", trigger("s3: {bucket: abc, prefix: <>}"), ["p" * 1024, "é" * 512], ["é" * 512 + "p"]),
    *bounds("out-of-range", trigger("s3: {bucket: abc, suffix: <>}"), ["p" * 1024], ["p" * 1025]),
    *bounds(
        "invalid-schedule",
        trigger('schedule: "<>"'),
        ["rate(1 minute)", "rate(2 days)", "at(2199-12-31T23:59:59)", "cron(0 0 1 1 ? 1970-2199)", "every 1m"]
        + ["cron(0 6 ? * 1-7 *)", "cron(0 6 L * ? *)", "cron(0 6 ? * 2#1 *)", f"cron({'1,' * 119}10 1 * * ? *)"],
        ["rate(0 minutes)", "rate(1 minutes)", "rate(2 minute)", "rate(1 second)", "at(2030-02-30T00:00:00)"]
        + ["cron(60 0 1 1 ? *)", "cron(0 24 1 1 ? *)", "cron(0 0 32 1 ? *)", "cron(0 0 1 13 ? *)", "cron(0 0 ? * 8 *)"]
        + ["cron(0 0 ? * 0 *)", "cron(0 0 1 1 ? 1969)", "cron(0 0 1 1 ? 2200)", "cron(0 0 1 1 1 *)"]
        + ["cron(0 0 ? 1 ? *)", "cron(0 0 1 1 ?)", f"cron({'1,' * 120}1 1 * * ? *)"],
    ),
    *bounds("unknown-timezone", trigger("schedule: '@daily'\n    timezone: <>"), ["Europe/London"], ["z" * 51]),
    *bounds("out-of-range", trigger("schedule: '@daily'\n    flexible_window: <>"), ["1m", "24h"], ["59s", "1441m"]),
    *bounds("invalid-value", IMAGE, ["ab:" + "t" * 128, "r" * 256 + ":1", "a/b_c.d-e:_1"], ["ab:" + "t" * 129]),
    *bounds("invalid-value", IMAGE, [], ["r" * 257 + ":1", "r:1", "A/b:1", "a/-b:1", "a/b-:1", "a/b..c:1", "ab:-1"]),
    *bounds("invalid-secret", setting("secrets:\n      AB: <>"), ["s" * 512], ["s" * 513]),
    *bounds("retry-errors", step("retry: {errors: <>}"), ["[States.ALL]"], ["[States.ALL, A]"]),
    *bounds("invalid-name", "steps: [f]\ntags:\n  <>: v\n", ["k" * 127, "a b_.:/=+-@é1"], ["k" * 128, "AwS:x", "a#"]),
    *bounds("invalid-value", "steps: [f]\ntags:\n  k: <>\n", ["v" * 255, "a b_.:/=+-@é1"], ["v" * 256, '""', "a*b"]),
    *bounds("reserved-tag", "steps: [f]\ntags:\n  <>: v\n", [], ["project", "Environment", "layer", "pipeline", "repository"]),
    *bounds("out-of-range", "steps: [f]\ntags: <>\n", [tags(44)], [tags(45)]),
    *bounds("tag-case", "steps: [f]\ntags:\n  team: v\n  <>: v\n", ["teams"], ["Team"]),
]


def project_file(rest, environment="{}"):
    return f"project: acme\nregion: eu-west-2\nenvironments:\n  dev: {environment}\n{rest}"


def subnets(count):
    return ", ".join(f"subnet-{number:08x}" for number in range(count))


VPC = "vpc_id: vpc-0d0d0d0d"
SUBNETS = f"\n    {VPC}\n    private_subnet_ids: [<>]"
PROJECT_BOUNDS = [
    *bounds("invalid-name", "project: <>\nregion: eu-west-2\nenvironments: {dev: {}}\n", ["p", "p" * 30], ["p" * 31]),
    *bounds(
        "invalid-name",
        "project: <>\nregion: eu-west-2\nenvironments: {dev: {}}\n",
        ["a-b-1"],
        ["A", "1a", "a--b", "a-", "a_b", "a.b"],
    ),
    *bounds(
        "invalid-name",
        "project: p\nregion: eu-west-2\nenvironments:\n  <>: {}\n",
        ["e", "e" * 19],
        ["e" * 20, "universal", "a-b", "a_b", "1a", "Dev"],
    ),
    *bounds("invalid-value", project_file("", '\n    account: "<>"'), ["012345678901"], ["1" * 11, "1" * 13, "x" * 12]),
    *bounds(
        "invalid-value",
        project_file("", f"\n    private_subnet_ids: [{subnets(1)}]\n    vpc_id: <>"),
        ["vpc-" + "0" * 8, "vpc-" + "f" * 17],
        ["vpc-" + "0" * 9, "vpc-" + "0" * 18, "vpc-0000000g", "subnet-00000000"],
    ),
    *bounds("invalid-value", project_file("", SUBNETS), ["subnet-" + "1" * 17], ["subnet-1"]),
    *bounds("out-of-range", project_file("", SUBNETS), [subnets(16)], [subnets(17)]),
    *bounds("out-of-range", project_file("tags: <>\n"), [tags(44)], []),
    *bounds("out-of-range", project_file("tags: {other: v}\n", "\n    tags: <>"), [tags(43)], []),
    *bounds("invalid-value", project_file("tags: {k: <>}\n"), ["v" * 255], ["v" * 256]),
    *bounds("invalid-name", project_file("tags:\n  <>: v\n"), ["k" * 127], ["k" * 128, "aws:k"]),
    *bounds("out-of-range", project_file("images: {untagged_expiry: <>}\n"), ["1d", "365d"], ["23h", "36h", "366d"]),
]


def check_bound(dorc, repository, file, id, text, value, is_good):
    line = text[: text.index("<>")].count("\n") + 1
    expected = set() if is_good else {(id, f"{file}:{line}")}
    errors = [each for each in dorc.diagnostics("check", "--config", repository) if each["severity"] == "error"]
    assert {(each["id"], f"{each['file']}:{each['line']}") for each in errors} == expected, errors


@pytest.mark.parametrize(("id", "text", "value", "is_good"), PIPELINE_BOUNDS)
def test_a_value_of_a_pipeline_has_its_bounds(dorc, tmp_path, id, text, value, is_good):
    repository = repository_with(tmp_path, text.replace("<>", value))
    check_bound(dorc, repository, FILE, id, text, value, is_good)


@pytest.mark.parametrize(("id", "text", "value", "is_good"), PROJECT_BOUNDS)
def test_a_value_of_the_project_has_its_bounds(dorc, tmp_path, id, text, value, is_good):
    repository = repository_with(tmp_path, files={"dorc.yaml": text.replace("<>", value)})
    check_bound(dorc, repository, "dorc.yaml", id, text, value, is_good)


def test_tags_are_counted_over_all_levels(dorc, tmp_path):
    """The pipeline's owner is one of them."""
    files = {"dorc.yaml": project_file("tags: {a: v}\n", "{tags: {b: v}}")}
    definition = f"steps: [f]\nowner: me\ntags: {tags(41)}\n"
    assert found(dorc, repository_with(tmp_path / "1", definition, files=files)) == []
    definition = f"steps: [f]\nowner: me\ntags: {tags(42)}\n"
    finding = found(dorc, repository_with(tmp_path / "2", definition, files=files), "out-of-range")
    assert [(severity, place) for severity, place, _ in finding] == [("error", FILE + ":3")]


@pytest.mark.parametrize(("length", "is_good"), [(256, True), (257, False)])
def test_a_repository_s_name_has_256_characters(dorc, tmp_path, length, is_good):
    name = "g" * (length - len("acme/raw/x/"))
    definition = f"steps:\n  - {{name: a, function: f}}\n  - {{name: b, function: {name}}}\n"
    finding = found(dorc, repository_with(tmp_path, definition, [name]))
    assert [each[:2] for each in finding] == ([] if is_good else [("error", FILE + ":3")])


# Sizes. `size` is what is counted, where that can be said before; else what is added to the rest.


def functions_variables(size):
    return "functions:\n  f:\n    environment:\n      AB: %s\n      CD: é\nsteps: [f]\n" % ("v" * (size - 6))


def schedule_input(size):
    return "steps: [f]\ntriggers:\n  - name: t\n    schedule: '@daily'\n    input: %s\n" % ("é" + "v" * (size - 4))


def event_pattern(size):
    return "steps: [f]\ntriggers:\n  - name: t\n    event: {source: [%s]}\n" % ("é" + "v" * (size - 16))


def object_pattern(size):
    """Its real size depends on no more than the two texts."""
    prefix, suffix = ("k" * length for length in split(size, 2))
    return f"steps: [f]\ntriggers:\n  - name: t\n    s3: {{bucket: abc, prefix: {prefix}, suffix: {suffix}}}\n"


def rules(size):
    """A function with its version and a state machine, each with a log group; and a rule for each trigger."""
    triggers = "".join(f"  - {{name: t{number}, event: {{source: [a]}}}}\n" for number in range(size - 5))
    return f"steps: [f]\ntriggers:\n{triggers}"


def items(size):
    return "steps:\n  - name: f\n    for_each: [%s]\n" % ", ".join("1" * size)


def split(size, parts):
    return [size // parts + (1 if number < size % parts else 0) for number in range(parts)]


def long_steps(texts):
    return "steps:\n" + "".join(
        f"  - {{name: s{number}, function: f, arguments: {{x: '{text}'}}}}\n" for number, text in enumerate(texts)
    )


def large_template(size):
    return long_steps("x" * length for length in split(size, 5))


def large_definition(size):
    """A quote takes two bytes in the definition's JSON, and one in the template's YAML."""
    return long_steps('"' * (length // 2) + "x" * (length % 2) for length in split(size, 5))


def statements(size):
    names = ", ".join(f"arn:aws:s3:::{'b' * length}" for length in split(size, 40))
    return f"- {{actions: [s3:GetObject], resources: [{names}]}}\n"


def function_policy(size):
    return f"steps:\n  - f\nfunctions:\n  f:\n    permissions:\n      {statements(size)}"


def machine_policy(size):
    return f"steps:\n  - f\npermissions:\n  {statements(size)}"


def grades(id, limit, place, build, rest=0):
    """`rest`: what the size has beside what is built; None where the program has to say it."""
    warned = limit - limit // 10 + 1
    for size, severity in ((warned - 1, None), (warned, "warning"), (limit, "warning"), (limit + 1, "error")):
        name = f"{id}-{build.__name__}-{size}-{severity or 'nothing'}"
        yield pytest.param(id, limit, size, severity, place, build, rest, id=name)


GRADES = [
    *grades("environment-too-large", 4096, FILE + ":4", functions_variables),
    *grades("input-too-long", 262_144, FILE + ":3", schedule_input),
    *grades("pattern-too-long", 2048, FILE + ":4", event_pattern),
    *grades("pattern-too-long", 2048, FILE + ":4", object_pattern, None),
    *grades("too-many-resources", 500, FILE + ":1", rules),
    *grades("template-too-large", 1_000_000, FILE + ":1", large_template, None),
    *grades("definition-too-large", 1_048_576, FILE + ":2", large_definition, None),
    *grades("policy-too-large", 10_240, FILE + ":6", function_policy, None),
    *grades("policy-too-large", 10_240, FILE + ":4", machine_policy, None),
]
RESTS: dict = {}


@pytest.mark.parametrize(("functions", "secrets", "severity"), [(1, 60, None), (1, 61, "error"), (2, 30, None), (2, 31, "warning")])
def test_dynamic_references_are_counted(dorc, tmp_path, functions, secrets, severity):
    """Different ones for certain; AWS does not say whether those that repeat count."""
    variables = ", ".join(f"KEY_{each}: census/key-{each}" for each in range(secrets))
    names = [f"f{each}" for each in range(functions)]
    definitions = "".join(f"  {name}: {{secrets: {{{variables}}}}}\n" for name in names)
    files = {
        "dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n",
        "Dockerfile": "FROM scratch\n",
        "src/raw/p/pipeline.yaml": f"functions:\n{definitions}steps: [{', '.join(names)}]\n",
    } | {f"src/raw/p/{name}/lambda.py": "def handler(event, context):\n    return event\n" for name in names}
    program.write_files(tmp_path, files)
    found = [each for each in dorc.diagnostics(tmp_path / "out", "--config", tmp_path) if each["id"] == "too-many-references"]
    assert [each["severity"] for each in found] == ([severity] if severity else [])


def rest_of(dorc, folder, id, build, limit):
    """How much the size that the program tells is above what was built; the same for every size."""
    if build not in RESTS:
        size = limit - limit // 40
        [(_, _, summary)] = found(dorc, repository_with(folder, build(size)), id)
        RESTS[build] = int(SIZE.search(summary)[1]) - size
    return RESTS[build]


@pytest.mark.parametrize(("id", "limit", "size", "severity", "place", "build", "rest"), GRADES)
def test_what_comes_near_a_limit_is_told_and_what_is_above_it_refused(
    dorc, tmp_path, id, limit, size, severity, place, build, rest
):
    if rest is None:
        rest = rest_of(dorc, tmp_path / "probe", id, build, limit)
    finding = found(dorc, repository_with(tmp_path / "config", build(size - rest)), id)
    assert [each[:2] for each in finding] == ([(severity, place)] if severity else []), finding
    assert all(SIZE.search(summary)[1] == str(size) for _, _, summary in finding)


# Of each item: the start and end of its iteration, and five of its task. Beside them: six of the run and of the map.
@pytest.mark.parametrize(
    ("count", "severity"), [(3213, None), (3214, "warning"), (3570, "warning"), (3571, "error")], ids=str
)
def test_a_run_has_25_000_events(dorc, tmp_path, count, severity):
    finding = found(dorc, repository_with(tmp_path, items(count)), "history-too-long")
    assert [each[:2] for each in finding] == ([(severity, FILE + ":2")] if severity else [])


def deployed(value):
    """With what CloudFormation puts in place of its functions, in the longest of partitions and regions."""
    if isinstance(value, list):
        return [deployed(item) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("Fn::Sub"), str):
        known = {"AWS::Partition": "aws-us-gov", "AWS::Region": "ap-southeast-1", "AWS::AccountId": "1" * 12}
        return re.sub(r"\$\{([^}]*)\}", lambda name: known[name[1]], value["Fn::Sub"])
    if "Fn::GetAtt" in value or "Ref" in value:
        return f"arn:aws-us-gov:lambda:ap-southeast-1:{'1' * 12}:function:acme-dev-raw-x-f"
    return {key: deployed(item) for key, item in value.items()}


def characters(value):
    return len(json.dumps(deployed(value), separators=(",", ":"), ensure_ascii=False))


@pytest.mark.parametrize(
    ("limit", "build", "measure"),
    [
        (1_000_000, large_template, lambda output: (output.root / "dev/core/raw/x.yaml").stat().st_size),
        pytest.param(
            1_048_576,
            large_definition,
            lambda output: len(json.dumps(deployed(resources(output, MACHINE)[0]["Definition"]), indent=2)),
            marks=unlimited("a function's ARN counts as what stands for it in the template"),
        ),
        (
            10_240,
            function_policy,
            lambda output: characters(resources(output, ROLE)[0]["Policies"][0]["PolicyDocument"]),
        ),
        (2048, event_pattern, lambda output: characters(resources(output, RULE)[0]["EventPattern"])),
        (2048, object_pattern, lambda output: characters(resources(output, RULE)[0]["EventPattern"])),
    ],
    ids=["template", "definition", "policy", "event-pattern", "object-pattern"],
)
def test_what_is_written_at_the_limit_is_within_it(dorc, tmp_path, limit, build, measure):
    """And not far below it: what AWS takes is not refused."""
    id = {case.values[5]: case.values[0] for case in GRADES}[build]
    rest = 0 if build is event_pattern else rest_of(dorc, tmp_path / "probe", id, build, limit)
    form = "yaml" if build is large_template else "json"
    output = synthesized(dorc, repository_with(tmp_path / "config", build(limit - rest)), tmp_path / "out", form)
    assert 0.95 * limit <= measure(output) <= limit


@pytest.mark.parametrize(
    ("environments", "severity"), [(81, None), (82, "warning"), (90, "warning"), (91, "error")], ids=str
)
def test_a_repository_s_policy_has_10_240_characters(dorc, tmp_path, environments, severity):
    registry = 'registry: {account: "111122223333"}\n'
    repository = repository_with(tmp_path, environments=accounts(environments, own=True), extra=registry)
    assert [each[0] for each in found(dorc, repository, "policy-too-large")] == ([severity] if severity else [])


def nested(depth):
    """Every step is followed by two, which meet again at the end."""
    steps, last = ["{name: a, function: f}"], "a"
    for level in range(depth):
        steps += [f"{{name: {name}{level}, function: f, after: {last}}}" for name in "bc"]
        last = f"b{level}"
    for level in reversed(range(depth)):
        steps.append(f"{{name: d{level}, function: f, after: [{last}, c{level}]}}")
        last = f"d{level}"
    return "steps:\n" + "".join(f"  - {each}\n" for each in steps)


@pytest.mark.parametrize(("depth", "expected"), [(40, []), (41, [("error", FILE + ":83")])], ids=str)
def test_states_lie_40_deep_in_each_other(dorc, tmp_path, depth, expected):
    finding = found(dorc, repository_with(tmp_path, nested(depth)), "too-deep")
    assert [each[:2] for each in finding] == expected


def test_what_lies_far_too_deep_is_told_at_once(dorc, tmp_path):
    """9,000 steps: it took 46 s to find out that they lie 3,000 deep."""
    repository = repository_with(tmp_path, nested(3000))
    start = time.monotonic()
    finding = found(dorc, repository, "too-deep")
    assert [each[0] for each in finding] == ["error"]
    assert time.monotonic() - start < 20


def test_a_state_of_a_written_definition_has_80_characters(dorc, tmp_path):
    for length, expected in ((80, []), (81, [("error", "src/raw/x/w.yaml:3")])):
        name = "s" * length
        machine = f"StartAt: {name}\nStates:\n  {name}: {{Type: Pass, End: true}}\n"
        files = {"src/raw/x/w.yaml": machine}
        repository = repository_with(tmp_path / str(length), "definition: w.yaml\n", files=files)
        assert [each[:2] for each in found(dorc, repository)] == expected


# Quotas of an account


def accounts(count, own=False):
    """So many environments, in one account or in one each."""
    settings = (f'account: "{100000000000 + number}"' if own else "" for number in range(count))
    return "{%s}" % ", ".join(f"e{number:02}: {{{setting}}}" for number, setting in enumerate(settings))


@pytest.mark.parametrize(
    ("environments", "pipelines", "expected"),
    [
        # A stack for each environment and pipeline, one for each environment, and the universal one.
        (accounts(7), 256, []),
        (accounts(8), 224, [("warning", "dorc.yaml:3", 1801)]),
        (accounts(8, own=True), 224, []),
    ],
    ids=["1800", "1801", "1801-in-8-accounts"],
)
def test_stacks_of_an_account_are_counted(dorc, tmp_path, environments, pipelines, expected):
    finding = found(dorc, program.make_project(tmp_path, pipelines, environments=environments))
    assert [each[:2] for each in finding] == [each[:2] for each in expected]
    assert all(str(count) in each[2] for each, (_, _, count) in zip(finding, expected))


@pytest.mark.parametrize(
    ("rule_count", "expected"),
    # One more tells of failed runs.
    [(269, []), (270, [("warning", "dorc.yaml:3")]), (300, [("warning", "dorc.yaml:3")])],
    ids=["270", "271", "301"],
)
def test_rules_of_an_account_are_counted(dorc, tmp_path, rule_count, expected):
    finding = found(dorc, repository_with(tmp_path, rules(rule_count + 5)))
    assert [each[:2] for each in finding] == expected


# Names


# The property with the name, the longest, and what it may hold.
NAMED = {
    LAMBDA: ("FunctionName", 64, r"[a-zA-Z0-9-_]+"),
    ROLE: ("RoleName", 64, r"[\w+=,.@-]+"),
    RULE: ("Name", 64, r"[.\-_A-Za-z0-9]+"),
    SCHEDULE: ("Name", 64, r"[0-9a-zA-Z-_.]+"),
    "Scheduler::ScheduleGroup": ("Name", 64, r"[0-9a-zA-Z-_.]+"),
    MACHINE: ("StateMachineName", 80, r"[A-Za-z0-9_-]+"),
    "SQS::Queue": ("QueueName", 80, r"[A-Za-z0-9_-]+"),
    "SNS::Topic": ("TopicName", 256, r"[A-Za-z0-9_-]+"),
    "CloudWatch::Alarm": ("AlarmName", 255, r"[ -~]+"),
    "Logs::LogGroup": ("LogGroupName", 512, r"(?!aws/)[.\-_/#A-Za-z0-9]+"),
    "ECR::Repository": ("RepositoryName", 256, r"[a-z0-9]+((\.|_|__|-+|/)[a-z0-9]+)*"),
}
DESCRIBED = {LAMBDA: 256, ROLE: 1000, RULE: 512, SCHEDULE: 512}
STATEMENT = "{actions: [s3:GetObject], resources: ['arn:aws:s3:::b/*']}"


def named_pipeline(function="f", trigger="t"):
    return (
        f"steps: [{{name: s, function: {function}}}]\nfunctions: {{{function}: {{permissions: [{STATEMENT}]}}}}\n"
        f"permissions: [{STATEMENT}]\n"
        f"triggers:\n  - {{name: {trigger}, schedule: '0 6 1 * 1'}}\n"
        f"  - {{name: {trigger}-e, event: {{source: [a]}}}}\n"
    )


def names_in(output):
    """The names of all things, by their types, with those of stacks."""
    names = {kind: [] for kind in NAMED} | {"stack": [stack["name"] for stack in output.manifest()["stacks"]]}
    for file in output.templates():
        for kind, (key, _, _) in NAMED.items():
            names[kind] += [properties[key] for properties in resources(output, kind, file)]
    return names


# Of what is before the name, behind it, and the longest name.
SHORTENED = [
    pytest.param(LAMBDA, 64, "acme-dev-raw-x-", "", "function", id="function"),
    pytest.param(ROLE, 64, "acme-dev-raw-x-", "-lambda", "function", id="function-s-role"),
    pytest.param(SCHEDULE, 64, "acme-dev-raw-x-", "", "trigger", id="schedule"),
    pytest.param(SCHEDULE, 64, "acme-dev-raw-x-", "-by-weekday", "trigger", id="second-schedule"),
    pytest.param(RULE, 64, "acme-dev-raw-x-", "-e", "trigger", id="rule"),
    pytest.param(ROLE, 64, "acme-dev-raw-", "-state-machine", "pipeline", id="state-machine-s-role"),
    pytest.param(MACHINE, 80, "acme-dev-raw-", "", "pipeline", id="state-machine"),
    pytest.param("stack", 128, "acme-dev-raw-", "", "pipeline", id="stack"),
]


@pytest.mark.parametrize(("kind", "limit", "before", "behind", "of"), SHORTENED)
def test_a_longer_name_is_shortened_and_ends_in_a_digest(dorc, tmp_path, kind, limit, before, behind, of):
    for length in (limit, limit + 1):
        own = "n" * (length - len(before + behind))
        function = own if of == "function" else "f"
        pipeline = f"raw/{own if of == 'pipeline' else 'x'}"
        definition = named_pipeline(function, own if of == "trigger" else "t")
        repository = program.make_repository(tmp_path / f"config{length}", {pipeline: definition})
        program.write_files(repository, {f"src/{pipeline}/{function}/lambda.py": HANDLER})
        names = names_in(synthesized(dorc, repository, tmp_path / f"out{length}"))[kind]
        whole = before + own + behind
        short = f"{whole[: limit - 9].rstrip('-')}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"
        assert len(short) <= limit
        assert (whole if length == limit else short) in names
        assert all(len(name) <= limit for name in names)


@pytest.fixture(scope="module")
def long_names(dorc, tmp_path_factory):
    """Folders that differ in their last character alone, each with long names of everything."""
    folder = tmp_path_factory.mktemp("long")
    stems = [stem * 30 for stem in ("a", "b-", "c_", "1")]
    twins = [f"{stem}{end}" for stem in stems for end in "12"]
    pipelines = {f"{'l' * 60}{layer}/{'p' * 40}{number}" for layer in "ab" for number in range(2)}
    settings = ", ".join(f"{name}: {{permissions: [{STATEMENT}]}}" for name in twins)
    steps = ", ".join(f"{{name: s{number}, function: {name}}}" for number, name in enumerate(twins))
    triggers = "".join(
        f"  - {{name: {name}s, schedule: '0 6 1 * 1'}}\n  - {{name: {name}e, event: {{source: [a]}}}}\n"
        for name in twins
    )
    definition = f"steps: [{steps}]\nfunctions: {{{settings}}}\npermissions: [{STATEMENT}]\ntriggers:\n{triggers}"
    environments = f"{{{'e' * 19}: {{{VPC}, private_subnet_ids: [{subnets(2)}]}}}}"
    options = {"project": "p" * 30, "environments": environments}

    def make(name, pipelines):
        repository = program.make_repository(folder / name, dict.fromkeys(pipelines, definition), **options)
        for pipeline in pipelines:
            program.write_files(repository, {f"src/{pipeline}/{name}/lambda.py": HANDLER for name in twins})
            shutil.rmtree(repository / "src" / pipeline / "f")
        return synthesized(dorc, repository, folder / f"out-{name}")

    return make("config", pipelines), make("other", [*pipelines, f"{'l' * 60}a/{'p' * 40}9"])


def test_long_names_are_within_their_limits(long_names):
    names = names_in(long_names[0])
    for kind, (_, limit, pattern) in NAMED.items():
        assert names[kind], kind
        for name in names[kind]:
            assert len(name) <= limit and re.fullmatch(pattern, name), (kind, name)
    for name in names["stack"]:
        assert len(name) <= 128 and re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name)


def test_long_names_stay_unique(long_names):
    for kind, names in names_in(long_names[0]).items():
        assert [name for name, count in Counter(name.lower() for name in names).items() if count > 1] == [], kind


def test_a_name_depends_on_its_own_thing_alone(long_names):
    own, with_others = map(names_in, long_names)
    for kind, names in own.items():
        assert set(names) <= set(with_others[kind]), kind


def test_ids_and_texts_made_of_long_names_are_within_their_limits(long_names):
    output = long_names[0]
    for file in output.templates():
        template = output.template(file)
        assert len(template["Description"].encode()) <= 1024
        for id in [*template["Resources"], *template.get("Outputs", {})]:
            assert re.fullmatch("[A-Za-z0-9]{1,255}", id)
        for output_ in template.get("Outputs", {}).values():
            if "Export" in output_:
                assert re.fullmatch("[A-Za-z0-9:-]{1,255}", output_["Export"]["Name"])
        for kind, limit in DESCRIBED.items():
            assert all(len(each["Description"]) <= limit for each in resources(output, kind, file))
        for resource in template["Resources"].values():
            for tag in resource["Properties"].get("Tags", []):
                assert len(tag["Key"]) <= 127 and 1 <= len(tag["Value"]) <= 255


@pytest.mark.parametrize(
    "functions",
    [
        ("fit1-2", "fit-12"),
        ("a-b", "a_b", "ab", "a-b1", "a-b-1"),
        ("state-machine", "state-machine-log-group", "state", "machine"),
        ("x", "x-function", "x-log", "x-log-group", "x-function-role"),
    ],
    ids=lambda names: names[0],
)
def test_names_that_look_alike_get_ids_of_their_own(dorc, tmp_path, functions):
    settings = ", ".join(f"{name}: {{permissions: [{STATEMENT}]}}" for name in functions)
    triggers = "".join(f"  - {{name: {name}, schedule: '@daily'}}\n" for name in functions)
    definition = f"steps: [{', '.join(functions)}]\nfunctions: {{{settings}}}\npermissions: [{STATEMENT}]\n"
    definition += f"triggers:\n{triggers}"
    repository = repository_with(tmp_path / "config", definition, functions)
    output = synthesized(dorc, repository, tmp_path / "out")
    template = output.template("dev/core/raw/x.json")
    # A Lambda, its version, a log group, a role and a schedule of each; the machine, its log group and its role.
    assert len(template["Resources"]) == 5 * len(functions) + 3
    assert len(output.template("universal.json")["Resources"]) == len(functions)


ONE = "steps: [f]\n"


@pytest.mark.parametrize(
    ("pipelines", "functions", "place", "other", "name"),
    [
        ({"a-b/c": ONE, "a/b-c": ONE}, (), "src/a-b/c/pipeline.yaml:1", "src/a/b-c/pipeline.yaml:1", "a-b-c"),
        ({"a/b_c": ONE, "a/b-c": ONE}, (), "src/a/b_c/pipeline.yaml:1", "src/a/b-c/pipeline.yaml:1", "a-b-c"),
        ({"a_b/c": ONE, "a/b-c": ONE}, (), "src/a_b/c/pipeline.yaml:1", "src/a/b-c/pipeline.yaml:1", "a-b-c"),
        (
            {"a/b": "steps:\n  - f\n  - c-d\n", "a/b-c": "steps:\n  - d\n"},
            ("a/b/c-d", "a/b-c/d"),
            "src/a/b-c/pipeline.yaml:2",
            "src/a/b/pipeline.yaml:3",
            "a-b-c-d",
        ),
        (
            {"a/b": "steps: [f]\ntriggers:\n  - {name: c-d, schedule: '@daily'}\n"}
            | {"a/b-c": "steps: [f]\ntriggers:\n\n  - {name: d, event: {source: [a]}}\n"},
            (),
            "src/a/b-c/pipeline.yaml:4",
            "src/a/b/pipeline.yaml:3",
            "a-b-c-d",
        ),
        (
            {
                "a/b": "steps: [f]\ntriggers:\n  - {name: c, schedule: '0 6 1 * 1'}\n"
                "  - {name: c-by-weekday, schedule: '@daily'}\n"
            },
            (),
            "src/a/b/pipeline.yaml:4",
            "src/a/b/pipeline.yaml:3",
            "a-b-c-by-weekday",
        ),
    ],
    ids=["layer-or-pipeline", "underscore", "underscore-in-layer", "functions", "triggers", "second-schedule"],
)
def test_two_things_of_one_name_are_told_with_both_places(dorc, tmp_path, pipelines, functions, place, other, name):
    repository = program.make_repository(tmp_path, pipelines)
    program.write_files(repository, {f"src/{each}/lambda.py": HANDLER for each in functions})
    told = [
        (f"{each['file']}:{each['line']}", f"{each['notes'][0]['file']}:{each['notes'][0]['line']}")
        for each in dorc.diagnostics("check", "--config", repository)
        if each["id"] == "name-collision" and each["summary"].endswith(f"`acme-<environment>-{name}` in AWS")
    ]
    assert told == [(place, other)]


# Large projects


def make_functions(root, count):
    """Pipelines of 20 functions each."""
    files = {"dorc.yaml": "project: acme\nregion: eu-west-2\nenvironments: {dev: {}}\n", "Dockerfile": "FROM scratch\n"}
    for first in range(0, count, 20):
        names = [f"f{number:04}" for number in range(first, min(count, first + 20))]
        folder = f"src/raw/p{first // 20:03}"
        files[f"{folder}/pipeline.yaml"] = f"steps: [{', '.join(names)}]\n"
        files |= {f"{folder}/{name}/lambda.py": HANDLER for name in names}
    return program.write_files(root, files)


def homes(out):
    """The stack of each repository."""
    return {
        resource["Properties"]["RepositoryName"]: stack["name"]
        for stack in load_json(out / "manifest.json")["stacks"]
        if stack["kind"] == "universal"
        for resource in load_json(out / stack["template"])["Resources"].values()
    }


@pytest.fixture(scope="module")
def large(dorc, tmp_path_factory):
    """A project of 5,000 functions, and its output."""
    folder = tmp_path_factory.mktemp("large")
    repository = make_functions(folder / "config", 5000)
    output = synthesized(dorc, repository, folder / "out")
    return repository, output


def test_every_stack_of_5000_functions_is_within_the_limits(large):
    _, output = large
    stacks = output.manifest()["stacks"]
    assert sum(stack["kind"] == "core" for stack in stacks) == 250
    for stack in stacks:
        template = load_json(output.root / stack["template"])
        assert len(template["Resources"]) <= 500
        assert (output.root / stack["template"]).stat().st_size <= 1_000_000
        assert len(template.get("Outputs", {})) <= 200
    assert len(homes(output.root)) == 5000


def add_function(dorc, repository, output):
    """The stacks of the repositories before it and after."""
    before = homes(output.root)
    program.write_files(repository, {"src/raw/p000/new/lambda.py": HANDLER})
    definition = repository / "src/raw/p000/pipeline.yaml"
    definition.write_text(definition.read_text().replace("]", ", new]"))
    synthesized(dorc, repository, output.parent)
    return before, homes(output.root)


def test_a_function_more_moves_none_of_5000_repositories(dorc, large):
    repository, output = large
    before, after = add_function(dorc, repository, output)
    assert len(before) == 5000 and len(after) == 5001
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("count", [449, 450, 451])
def test_a_function_more_moves_no_repository_where_one_stack_is_full(dorc, tmp_path, count):
    repository = make_functions(tmp_path / "config", count)
    output = synthesized(dorc, repository, tmp_path / "out")
    before, after = add_function(dorc, repository, output)
    assert (len(set(before.values())) == 1) == (count <= 450)
    assert {name: after[name] for name in before} == before and len(after) == count + 1
    assert max(Counter(after.values()).values()) <= 500


def test_a_folder_of_version_1_keeps_its_repositories_where_they_are(dorc, tmp_path):
    """Of two stacks, in places that no rule of today would choose."""
    repository = make_functions(tmp_path / "config", 460)
    output = synthesized(dorc, repository, tmp_path / "out")
    manifest = as_version_1(output.manifest())
    names = sorted({image["stack"] for image in manifest["images"]})
    assert len(names) > 1
    chosen = {image["repository"]: names[number % 2] for number, image in enumerate(manifest["images"])}
    for image in manifest["images"]:
        image["stack"] = chosen[image["repository"]]
    (output.root / "manifest.json").write_text(json.dumps(manifest))
    synthesized(dorc, repository, tmp_path / "out")
    assert homes(output.root) == chosen
    assert output.manifest()["version"] == 2


# Limits that are not kept yet


def test_so_many_steps_that_no_definition_holds_them_are_one_finding(dorc, tmp_path):
    steps = "steps:\n" + "".join(f"  - {{name: s{number}, wait: 1s}}\n" for number in range(21_846))
    assert found(dorc, repository_with(tmp_path, steps)) == [
        ("error", f"{FILE}:2", "a workflow of 21846 steps is out of range: at most 21845 fit into a state machine's definition, 1 MiB")
    ]


def test_a_state_s_name_has_80_characters(dorc, tmp_path):
    a, b, handler = "a" * 80, "b" * 80, "h" * 80
    definition = (
        f"steps:\n  - {{name: {a}, function: f, catch: {handler}}}\n  - {{name: {b}, function: f, catch: {handler}}}\n"
        f"  - {{name: {handler}, function: f, only_on_error: true}}\n"
    )
    output = synthesized(dorc, repository_with(tmp_path / "config", definition), tmp_path / "out")
    [machine] = resources(output, MACHINE)
    assert [name for name in machine["Definition"]["States"] if len(name) > 80] == []


def test_shortened_names_that_are_equal_are_told(dorc, tmp_path):
    long = "p" * 60
    digest = hashlib.sha256(f"acme-dev-raw-x-{long}".encode()).hexdigest()[:8]
    short = f"{'p' * 40}-{digest}"
    repository = repository_with(tmp_path, f"steps: [{long}, {short}]\n", [long, short])
    assert [each[0] for each in found(dorc, repository, "name-collision")] == ["error"]


def test_universal_stacks_split_when_their_templates_are_too_large(dorc, tmp_path):
    repository = make_functions(tmp_path, 500)
    registry = 'registry: {account: "111122223333"}\n'
    own = f"project: acme\nregion: eu-west-2\nenvironments: {accounts(4, own=True)}\n{registry}"
    program.write_files(repository, {"dorc.yaml": own})
    assert found(dorc, repository, "template-too-large") == []


@pytest.mark.parametrize(
    "field",
    ["TimeoutSeconds: 100000000", "TimeoutSeconds: 0", "Retry: [{ErrorEquals: [A], MaxAttempts: 100000000}]"]
    + ["Retry: [{ErrorEquals: [A], IntervalSeconds: -1}]", "Retry: [{ErrorEquals: [A], BackoffRate: 0.5}]"]
    + ["Retry: [{ErrorEquals: [A], IntervalSeconds: 9, MaxDelaySeconds: 9}]"],
)
def test_a_number_of_a_written_definition_has_its_bounds(dorc, tmp_path, field):
    task = "{Type: Task, Resource: 'arn:aws:states:::lambda:invoke', Arguments: {FunctionName: '${f}'}, End: true"
    machine = f"QueryLanguage: JSONata\nStartAt: a\nStates:\n  a: {task}, {field}}}\n"
    repository = repository_with(tmp_path, "definition: w.yaml\n", files={"src/raw/x/w.yaml": machine})
    assert [each[:2] for each in found(dorc, repository)] == [("error", "src/raw/x/w.yaml:4")]


@pytest.mark.parametrize("text", ["*", "\\", '"'])
def test_a_pattern_s_escapes_count(dorc, tmp_path, text):
    keys = f"prefix: '{text * 800}', suffix: '{text * 800}'"
    definition = f"steps: [f]\ntriggers:\n  - {{name: t, s3: {{bucket: abc, {keys}}}}}\n"
    assert [each[0] for each in found(dorc, repository_with(tmp_path, definition), "pattern-too-long")] == ["error"]


def test_a_task_beside_80_functions_is_possible(dorc, tmp_path):
    """Their ARNs have about 5,300 characters."""
    names = [f"f{number:03}" for number in range(80)]
    task = f"{{name: n, task: 'arn:aws:states:::aws-sdk:s3:getObject', arguments: {{Key: k}}, permissions: [{STATEMENT}]}}"
    definition = f"steps: [{', '.join(names)}, {task}]\n"
    assert found(dorc, repository_with(tmp_path, definition, names)) == []


@pytest.mark.parametrize("key", ["arguments", "for_each"])
def test_the_input_of_a_state_has_262_144_bytes(dorc, tmp_path, key):
    definition = f"steps:\n  - name: f\n    {key}: [{', '.join(['x' * 1000] * 300)}]\n"
    assert [each[:2] for each in found(dorc, repository_with(tmp_path, definition))] == [("error", FILE + ":2")]


@pytest.mark.parametrize(("length", "findings"), [(250, []), (251, ["error"])])
def test_a_pipeline_s_folder_gives_a_possible_file_name(dorc, tmp_path, length, findings):
    repository = program.make_repository(tmp_path / "config", {f"raw/{'p' * length}": "steps: [{name: w, wait: 1m}]\n"})
    assert [each[0] for each in found(dorc, repository, "name-too-long")] == findings
    if not findings:
        dorc.succeed(tmp_path / "out", "--config", repository)


def test_a_step_named_like_the_limit_of_runs_counts(dorc, tmp_path):
    definition = items(3571).replace("name: f", "name: max_active_runs_x\n    function: f\n    when: '{% true %}'")
    repository = repository_with(tmp_path, definition)
    assert [each[0] for each in found(dorc, repository, "history-too-long")] == ["error"]


@pytest.mark.parametrize("source", ["s3: {bucket: abc, prefix: <>}", "csv: {bucket: abc, key: <>}"])
def test_the_key_of_an_object_has_1024_bytes(dorc, tmp_path, source):
    definition = "steps:\n  - name: f\n    for_each: {%s}\n" % source.replace("<>", "k" * 1025)
    assert [each[:2] for each in found(dorc, repository_with(tmp_path, definition))] == [("error", FILE + ":3")]


@pytest.mark.parametrize(
    "text",
    [project_file("tags: <>\n"), project_file("tags: {other: v}\n", "\n    tags: <>")],
    ids=["project", "environment"],
)
def test_too_many_tags_are_told_where_they_stand_alone(dorc, tmp_path, text):
    repository = repository_with(tmp_path, files={"dorc.yaml": text.replace("<>", tags(45))})
    check_bound(dorc, repository, "dorc.yaml", "out-of-range", text, tags(45), False)


@pytest.mark.parametrize("name", ["a--b", "a__b"])
def test_an_image_s_repository_may_have_these_separators(dorc, tmp_path, name):
    assert found(dorc, repository_with(tmp_path, IMAGE.replace("<>", f"team/{name}:1"))) == []


@pytest.mark.parametrize(("build", "line"), [(function_policy, 6), (machine_policy, 4)], ids=["function", "pipeline"])
def test_a_policy_that_is_too_large_is_told_at_its_permissions(dorc, tmp_path, build, line):
    finding = found(dorc, repository_with(tmp_path, build(12_000)), "policy-too-large")
    assert [int(each[1].rpartition(":")[2]) for each in finding] == [line]
