"""Strings that YAML could read as something else, and numbers, come out of both formats as they went in."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata

import program
import pytest
from awscli.customizations.cloudformation.yamlhelper import yaml_parse
from twins import differences

CHUNK = 600


# The corpus


def casings(words):
    return [form for word in words for form in {word.lower(), word.upper(), word.capitalize(), word.swapcase()}]


def mixed_case(word):
    return ["".join(letters) for letters in itertools.product(*((c.lower(), c.upper()) for c in word))]


WORDS = casings(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "nil", "none", "undefined", "nan", "inf"]
    + [".nan", ".inf", "-.inf", "+.inf", "infinity", "t", "f"]
) + [form for word in ("yes", "no", "on", "off", "true", "null", ".inf", ".nan") for form in mixed_case(word)]

NUMBERS = [
    *("0", "1", "-1", "+1", "00", "01", "0123", "0789", "08", "-012", "+0", "-0", "0o17", "0O17", "0o8", "0x1F", "0X1f"),
    *("-0x1", "0x", "0xg", "0b1", "0b01", "0b2", "0B1", "-0b1", "1_000", "_1", "1_", "1__0", "0_7", "0x_f", "0b_1"),
    *("1e3", "1E3", "1e+3", "1e-3", "1.0e3", "1.0e+3", "1.e+3", ".5e+1", "1e", "e3", "1.5", "1.", ".5", "-.5", "+.5"),
    *(".", "..", "-.", "+.", "-", "+", "--", "+-1", "1.2.3", "1,000", "1,5", "1_0.5", ".5_0", "._", "._1", "1.0E+3"),
    *("12:30", "12:30:45", "190:20:30", "1:60", "1:00", "-1:30", "+1:30", "12:30:45.5", "0:0", "01:30", "1:2:3:4"),
    *("99999999999999999999", "012345678901", "123456789012", "1e400", "1.0e+400", "0.1e-400", "1/2", "50%", "1 000"),
]
DATES = [
    *("2012-10-17", "2012-1-7", "2012-10-17T00:00:00Z", "2012-10-17t00:00:00z", "2012-10-17 00:00:00", "2012-13-45"),
    *("2012-10-17 00:00:00.1 +1", "2012-10-17T00:00:00+01:00", "2012-10", "2012", "12-10-17", "2012-10-17 00:00"),
    *("0000-00-00", "9999-99-99", "20121017", "2012_10_17", "2012-10-17 ", "2001-12-14 21:59:43.10 -5"),
]
SPECIAL = [
    *("", "=", "<<", "< <", "<<:", "<", "==", "---", "...", "--- x", "... x", "---x", "--", "- x", "-x", "-", "- ", "-\tx"),
    *("? x", "?x", "?", "? ", ": x", ":x", ":", "::", "x:", "x: y", "x:y", "x :y", "x : y", "a: b: c", "http://a:80/b"),
    *("# x", "#x", "x #y", "x# y", "x#y", "x # y", " #", "#", "a:#b", "a: #b", "a #: b", "{{resolve:ssm:/a/b:1}}"),
    *("{{resolve:secretsmanager:a/b:SecretString:c}}", "{{ x }}", "{{x}}", "{% 1 %}", "{% $states.input.rows %}"),
    *("{%x", "x %}", "{%", "%}", "!Ref x", "!Sub ${x}", "!", "!!", "!!str x", "!<x> y", "&a", "&a b", "*a", "*", "&", "*a b"),
    *("%TAG", "%YAML 1.1", "%TAG ! tag:x,2000:", "%", "|", ">", "|-", ">+", "| x", "> x", "[", "]", "{", "}", "[]", "{}"),
    *("[a]", "{a: b}", "[a, b", "a]", "a}", ",", ", a", "a, b", "a,", "@", "@x", "`", "`x`", "'", "''", "'x'", "x'y", '"'),
    *('""', '"x"', 'x"y', "'\"", "\"'", "\\", "\\n", "x\\", "\\x41", "${x}", "${AWS::Region}", "$${x}", "$", "$$", "$${", "${"),
    *("${!x}", "$.x", "$$.x", "x.$", "Ref", "Fn::Sub", "Fn::GetAtt", "Condition", "tag:yaml.org,2002:int", "<%= x %>"),
    *("a b", "a  b", "true ", " true", "yes\n", "\nno", "1 ", " 1", "~ ", "null\t", "\tnull", "on\r", "x" * 5000),
    *("null null", "yes no", "on:", "no: x", "null:", "~:", "1: 2", "- - x", "- 1", "? 1", "true # x", "1 # x"),
]
# Spaces and breaks of all kinds, control characters, what is no character, and what many programs take for one.
SPECKS = [
    *(" ", "  ", "\t", "\n", "\r", "\r\n", "\n\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\xa0", "\ufeff", "\ufffe"),
    *("\uffff", "\ufffd", "\u200b", "\u3000", "\u202e", "\ud7ff", "\ue000", "\U0001f600", "\U0010ffff", "\U00010000"),
    *(chr(code) for code in itertools.chain(range(0x01, 0x09), range(0x0E, 0x20), range(0x7F, 0xA0))),
    *("\x00", "é", "e\u0301", "ß", "中文", "🇬🇧", "👩\u200d👩"),
]
INDICATORS = [*"-?:,[]{}#&*!|>'\"%@`=<~$\\^;/+._", "- ", "? ", ": ", " #", "--- ", "%YAML", "!!int ", "<<: "]


def long_texts(chooser):
    yield from (f"{'word ' * 300}end", "x " * 700, " y" * 700, "a: b # c " * 200, "\n".join(["line"] * 300), "'\"" * 600)
    yield from ("é " * 600, "1 " * 600, "- " * 600, "x" * 1023, "x" * 1024, "x" * 1025, "\u2028" * 1025, " " * 1100, "\n" * 1100)
    for length in (1010, 1500, 2600):
        yield "".join(chooser.choice("ab   :#-'\"\\\n\té") for _ in range(length))


def block_texts():
    """What invites a literal or folded block, with all that goes wrong there."""
    lines = ["a", "", " a", "a ", "\ta", "a\t", "# a", "- a", "---", "...", "a: b", "%a", "é"]
    for first, second, end in itertools.product(lines, lines, ("", "\n", "\n\n")):
        yield f"{first}\n{second}{end}"


def make_corpus() -> list[str]:
    chooser = random.Random(20121017)
    known = WORDS + NUMBERS + DATES + SPECIAL
    made = [*known, *SPECKS, *long_texts(chooser), *block_texts()]
    for text in dict.fromkeys([*WORDS[:80], *NUMBERS, *DATES[:8]]):
        made += [f"{text}x", f"x{text}", f"{text} ", f" {text}", f"{text}:", f"-{text}", f"{text} # x", f"'{text}'", f"{text},"]
    for mark in [*INDICATORS, *SPECKS]:
        made += [mark, f"{mark}x", f"x{mark}", f"x{mark}y", f"{mark} x", f"x {mark}", f"x {mark} y", mark * 3, f"{mark}\n{mark}"]
    for left, right in itertools.product(INDICATORS, repeat=2):
        made.append(f"{left}{right}")
    made += [f"{left}{right}" for left, right in itertools.product(SPECKS[:20], repeat=2)]
    letters = [*"aZ09-.:_ ", *INDICATORS, *SPECKS, "no", "1", "e3", "0x", "2012-10-17", "é"]
    for _ in range(1200):
        made.append("".join(chooser.choice(letters) for _ in range(chooser.randint(2, 9))))
    return list(dict.fromkeys(made))


CORPUS = make_corpus()


def test_the_corpus_is_large_and_stays_the_same():
    assert 4000 < len(CORPUS) == len(set(CORPUS))
    assert CORPUS == make_corpus()


# The repository that carries it


def is_allowed_in_arguments(text):
    """Half an expression and a dynamic reference are mistakes there. (All of them go into the environment.)"""
    return "{{resolve:" not in text and text.strip().startswith("{%") == text.strip().endswith("%}")


def is_plain_key(text):
    """The others have tests of their own below, and CloudFormation's functions are mistakes."""
    return text != "<<" and not text.startswith("Fn::") and text == unicodedata.normalize("NFC", text)


ARGUMENTS = list(filter(is_allowed_in_arguments, CORPUS))


def scalar(text: str) -> str:
    """A double-quoted value for pipeline.yaml. (Keys have no variables.)"""
    return quoted(text.replace("${", "$${"))


def quoted(text: str) -> str:
    escaped = json.dumps(text, ensure_ascii=False)
    return re.sub(
        r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ud7ff\ufeff\ufffe\uffff]",
        lambda match: f"\\u{ord(match[0]):04x}",
        re.sub(r"[\U00010000\U0010ffff]", lambda match: f"\\U{ord(match[0]):08x}", escaped),
    )


def member(key: str, value: str) -> str:
    # A key of more than 1,024 characters needs the long form.
    return f"? {key}\n        : {value}" if len(key) > 1000 else f"{key}: {value}"


def arguments_pipeline(texts) -> str:
    lines = ["steps:", "  - name: f", "    arguments:", "      values:"]
    lines += [f"        v{index}: {scalar(text)}" for index, text in enumerate(texts)]
    lines += ["      items:"] + [f"        - {scalar(text)}" for text in texts]
    lines += ["      keys:"]
    lines += [f"        {member(quoted(text), f'k{index}')}" for index, text in enumerate(texts) if is_plain_key(text)]
    return "\n".join(lines) + "\n"


def chunks(texts, size=CHUNK):
    return [texts[start : start + size] for start in range(0, len(texts), size)]


def group_by_bytes(texts, limit=4000):
    """As many texts as one function's environment can hold."""
    groups, used = [[]], 0
    for text in texts:
        size = len(text.encode()) + 5
        if size > limit:
            continue
        if used + size > limit:
            groups.append([])
            used = 0
        groups[-1].append(text)
        used += size
    return groups


def environment_pipeline(groups) -> str:
    lines = ["functions:"]
    for number, group in enumerate(groups):
        lines += [f"  f{number}:", "    environment:"]
        lines += [f"      V{index:03}: {scalar(text)}" for index, text in enumerate(group)]
    return "\n".join(lines + [f"steps: [{', '.join(f'f{number}' for number in range(len(groups)))}]"]) + "\n"


def fail_at_lines(dorc, repository):
    """The mistakes that the program sees in the corpus, each with the string."""
    lines = []
    for each in dorc.diagnostics("check", "--config", repository)[:20]:
        text = (repository / each["file"]).read_text(encoding="utf-8").split("\n")[each["line"] - 1]
        lines.append(f"{each['id']}: {each['summary']}: {text.strip()[:200]}")
    pytest.fail("the program refuses what it should take:\n" + "\n".join(lines), pytrace=False)


def synthesize(dorc, repository, form):
    out = repository.with_name(f"out-{form}")
    result = dorc.run(out, "--config", repository, "--format", form)
    if result.returncode == 1:
        fail_at_lines(dorc, repository)
    assert result.returncode == 0, program.describe(result)
    return out


def load(path):
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    try:
        return yaml_parse(text)
    except Exception as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line if mark else text[: getattr(error, "position", 0)].count("\n")
        near = "\n".join(map(repr, text.split("\n")[max(0, line - 2) : line + 3]))
        pytest.fail(f"the AWS CLI cannot read {path.name}: {error}\n{near}", pytrace=False)


def payload(template):
    definition = template["Resources"]["StateMachine"]["Properties"]["Definition"]
    return definition["States"]["f"]["Arguments"]


def wrong(pairs):
    """Of (expected, actual) strings those that differ, type and all."""
    found = [f"{text!r:.200} became {actual!r:.200}" for text, actual in pairs if type(actual) is not str or text != actual]
    if found:
        pytest.fail(f"{len(found)} strings changed, such as:\n" + "\n".join(found[:20]), pytrace=False)


def numbered(texts):
    return list(enumerate(chunks(texts)))


@pytest.fixture(scope="module")
def carried(dorc, tmp_path_factory):
    """The output folders by form, of one repository with the whole corpus."""
    root = tmp_path_factory.mktemp("corpus")
    pipelines = {f"raw/c{number}": arguments_pipeline(texts) for number, texts in numbered(ARGUMENTS)}
    repository = program.make_repository(root / "config", pipelines)
    groups = environment_groups()
    files = {f"src/raw/env/f{number}/lambda.py": "def handler(e, c): pass\n" for number in range(len(groups))}
    program.write_files(repository, files | {"src/raw/env/pipeline.yaml": environment_pipeline(groups)})
    return {form: synthesize(dorc, repository, form) for form in ("yaml", "json")}


def environment_groups():
    # CloudFormation would take a broken dynamic reference for one, and the program refuses it.
    return group_by_bytes([text for text in CORPUS if "{{resolve:" not in text or text.endswith("}}")])


@pytest.mark.parametrize("number", range(len(chunks(ARGUMENTS))))
def test_arguments_are_carried(carried, number):
    texts = chunks(ARGUMENTS)[number]
    loaded = {form: load(out / f"dev/core/raw/c{number}.{form}") for form, out in carried.items()}
    for form in ("json", "yaml"):
        sent = payload(loaded[form])
        wrong((text, sent["values"].get(f"v{index}")) for index, text in enumerate(texts))
        wrong(zip(texts, sent["items"], strict=True))
        places = {value: key for key, value in sent["keys"].items()}
        wrong((text, places.get(f"k{index}")) for index, text in enumerate(texts) if is_plain_key(text))
        assert len(sent["keys"]) == sum(map(is_plain_key, texts))
    assert differences(loaded["yaml"], loaded["json"]) == []


def test_environment_variables_are_carried(carried):
    loaded = {form: load(out / f"dev/core/raw/env.{form}") for form, out in carried.items()}
    for form in ("json", "yaml"):
        functions = {
            resource["Properties"]["FunctionName"]: resource["Properties"]
            for resource in loaded[form]["Resources"].values()
            if resource["Type"] == "AWS::Lambda::Function"
        }
        for number, group in enumerate(environment_groups()):
            variables = functions[f"acme-dev-raw-env-f{number}"]["Environment"]["Variables"]
            wrong((text, variables.get(f"V{index:03}")) for index, text in enumerate(group))
    assert differences(loaded["yaml"], loaded["json"]) == []


def carry(dorc, tmp_path, arguments: str) -> tuple:
    """`arguments`, a flow mapping, as it comes out in both forms, after both are seen to be equal."""
    definition = f"steps:\n  - name: f\n    arguments: {arguments}\n"
    repository = program.make_repository(tmp_path / "config", {"raw/c": definition})
    loaded = [load(synthesize(dorc, repository, form) / f"dev/core/raw/c.{form}") for form in ("yaml", "json")]
    assert differences(*loaded) == []
    return tuple(payload(template) for template in loaded)


def test_a_quoted_merge_key_is_a_key(dorc, tmp_path):
    for sent in carry(dorc, tmp_path, '{"<<": "text", a: "<<"}'):
        assert sent == {"<<": "text", "a": "<<"}


def test_keys_that_only_look_alike_are_two(dorc, tmp_path):
    for sent in carry(dorc, tmp_path, '{"é": 1, "e\\u0301": 2, "ﬁ": 3, "fi": 4}'):
        assert sent == {"é": 1, "e\u0301": 2, "ﬁ": 3, "fi": 4}


def test_an_argument_is_no_function_of_cloudformations(dorc, tmp_path):
    """CloudFormation would take {"Ref": ...} for its own: an error now, or an expression."""
    definition = "steps:\n  - name: f\n    arguments: {value: {Ref: Nothing}}\n"
    repository = program.make_repository(tmp_path / "config", {"raw/c": definition})
    result = dorc.run(tmp_path / "out", "--config", repository, "--format", "json")
    if result.returncode == 0:
        assert payload(load(tmp_path / "out/dev/core/raw/c.json"))["value"] != {"Ref": "Nothing"}


@pytest.mark.parametrize("text", ["-x", "0123", "0o17", "0x1F", "1_000", "+1", ".5", "1.", "12:30:45", "2012-10-17"]
    + ["yes", "no", "On", "True", "FALSE", "Null", "NULL", ".inf", ".nan", "1e", "1.5.2", "00", "-01", "0b1", "="])
def test_what_json_reads_as_no_number_is_a_string(dorc, tmp_path, text):
    for sent in carry(dorc, tmp_path, f"{{value: {text}}}"):
        wrong([(text, sent["value"])])


INTEGERS = [0, 1, -1, 7, 8, 10, 123456789, 2**31, 2**53, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64]
INTEGERS += [sign * int("1234567890" * 4) for sign in (1, -1)] + [10**39, -(10**39), int("9" * 40)]
FLOATS = [
    *("0.0", "1.0", "1.5", "-1.5", "0.1", "-0.1", "0.30000000000000004", "123456789.123456789", "1e3", "1E3", "1e+3", "1e-3"),
    *("1e300", "1E300", "-1e300", "1e+300", "1e-300", "1.7976931348623157e308", "2.2250738585072014e-308", "5e-324"),
    *("1e15", "1e16", "1e17", "1e21", "1e22", "123456789012345680000.0", "9007199254740993.0", "0.00001", "0.000001"),
    *("1.0e10", "12345678901234567890.5", "100000000000000000000000000.0", "-0", "-0.0", "0e0", "-0e5", "0.0e-9"),
]


def random_numbers():
    chooser = random.Random(1)
    for _ in range(300):
        yield str(chooser.randint(-(10 ** chooser.randint(1, 40)), 10 ** chooser.randint(1, 40)))
        mantissa = f"{chooser.choice(['', '-'])}{chooser.randint(0, 999)}.{chooser.randint(0, 10**17)}"
        yield mantissa + chooser.choice(["", f"e{chooser.randint(-290, 290)}", f"E+{chooser.randint(0, 290)}"])


def test_numbers_are_carried(dorc, tmp_path):
    written = [*map(str, INTEGERS), *FLOATS, *random_numbers()]
    for sent in carry(dorc, tmp_path, f"{{numbers: [{', '.join(written)}]}}"):
        found = []
        for text, actual in zip(written, sent["numbers"], strict=True):
            if type(actual) not in (int, float) or actual != json.loads(text):
                found.append(f"{text} became {actual!r}")
        assert found == []


def test_a_number_too_large_for_a_double_does_not_become_a_string(dorc, tmp_path):
    repository = program.make_repository(
        tmp_path / "config", {"raw/c": "steps:\n  - name: f\n    arguments: {value: 1e400}\n"}
    )
    result = dorc.run(tmp_path / "out", "--config", repository, "--format", "json")
    if result.returncode == 0:
        assert payload(load(tmp_path / "out/dev/core/raw/c.json"))["value"] != "1e400"
