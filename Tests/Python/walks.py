"""Does what a page of the documentation tells its reader to do, in a folder that is thrown away: files are written, commands are
run, and what a page shows of their output is compared with what comes out.

Programs that need an account, the network or another machine are stubs that do nothing (`STUBS`); `aws` fails as it does where
nobody has logged in. So `out/deploy.sh` and `out/run.sh` read their real arguments, and end with 1 at their first question to AWS:
64 would be wrong usage.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import botocore
import botocore.session
import program
import yaml
from documentation import Block

# What a reader runs that no test can: what it needs instead.
STUBS = {
    "apt-get": "the network", "curl": "the network", "dpkg": "root", "gh": "GitHub", "git-clone": "the network", "make": "Swift: `test_targets_exist` looks at the words",
    "pip": "the network", "pipx": "the network", "pre-commit": "the network", "sudo": "root", "swift": "a build", "tar": "a package of a release", "uv": "the network",
    "docker": "a daemon", "xdg-open": "a desktop", "sha256sum": "a package of a release", "install": "a package of a release",
}  # fmt: skip
AWS = """#!/bin/sh
echo 'Unable to locate credentials. You can configure credentials by running "aws configure".' >&2
exit 253
"""
# `python3 -m pip` is a stub, too, and so is what `python3 -m venv` makes.
PYTHON = f"""#!/bin/sh
case "$*" in
*"-m pip "*) exit 0 ;;
"-m venv "*) mkdir -p "$3/bin" && : >"$3/bin/activate" && exit ;;
esac
exec {shlex.quote(sys.executable)} "$@"
"""
# The scripts that ask AWS.
SCRIPTS = ("out/deploy.sh", "out/run.sh")
# What is not run here: `.ci/run` would build all, and imports have tests on repositories of their own (`test_import_...`).
NOT_RUN = (".ci/run", "dorc-synth import ")
# What ends otherwise than with 0, and why.
STATUS = {
    # The debugger finds no terminal, and its end interrupts the run.
    "dorc-synth run raw/geography --debug compare": 130,
}
PATIENCE = 60


class Walk:
    def __init__(self, folder: Path, bin: Path, cache: Path):
        self.folder = folder
        self.bin = bin
        self.cache = cache

    # Files

    def write(self, block: Block) -> None:
        path = self.folder / block.name
        assert not Path(block.name).is_absolute() and ".." not in Path(block.name).parts, block.place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        parse(block)

    def look_for(self, block: Block) -> None:
        """A list of files with a remark each: they are there."""
        for line in block.text.splitlines():
            name = line.split()[0]
            assert (self.folder / name).exists(), f"{block.place}: {name} is not there"

    # Commands

    def run(self, block: Block) -> None:
        for command in commands(block.text):
            if command.startswith(NOT_RUN):
                continue
            if command.startswith("aws "):
                check_call(block, shlex.split(command, comments=True)[1:])
                continue
            found = self.execute(command)
            expected = STATUS.get(re.sub(r"\s+#.*", "", command), 0)
            fine = found.returncode in (0, 1) if any(name in command for name in SCRIPTS) else found.returncode == expected
            assert fine, f"{block.place}: {command}\nended with {found.returncode}\n{found.stdout}"

    def compare(self, block: Block) -> None:
        """`$ command` and what it says; a line `...` stands for any number of lines."""
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            said = normal(self.execute(command).stdout)
            pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(f"{line}\n") for line in normal(shown).splitlines())
            assert re.fullmatch(pattern, said), f"{block.place}: $ {command}\nshown:\n{shown}\nsaid:\n{said}"

    def execute(self, command: str) -> subprocess.CompletedProcess:
        """In the folder that the commands before it have gone to."""
        here = self.bin.parent / "here"
        script = f'set -o pipefail\n{command}\nstatus=$?\npwd >"{here}"\nexit $status\n'
        variables = {"PATH": f"{self.bin}:/usr/local/bin:/usr/bin:/bin", "DORC_CACHE_DIR": str(self.cache), "HOME": str(self.folder), "VIRTUAL_ENV": sys.prefix, "DORC_TODAY": "2026-11-26", "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}  # fmt: skip
        # What CI's own environment has would change what is run.
        environment = {name: value for name, value in program.environment().items() if not name.startswith(("AWS_", "GITHUB_", "GIT_"))}
        result = subprocess.run(
            ["bash", "--noprofile", "--norc", "-c", script], cwd=self.folder, env=environment | variables, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE,
        )  # fmt: skip
        if here.exists():
            self.folder = Path(here.read_text().strip())
            here.unlink()
        return result


def commands(text: str) -> list[str]:
    """A line each; what goes on in the next one is one command, as are the lines of a loop, a here-document or a condition."""
    found: list[str] = []
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            found.append(line)
    return found


def normal(text: str) -> str:
    """Without what differs from run to run: times, memory, and spaces at the ends of lines."""
    text = re.sub(r"\b\d+(\.\d+)? (ms|s)\b", r"N \2", text)
    text = re.sub(r"^ *\d+\.\d\d ", "N ", text, flags=re.MULTILINE)
    text = re.sub(r"\b\d+ MiB of memory \(`\w+`\)", "N MiB", text)
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


def make_bin(folder: Path, dorc: str) -> Path:
    scripts = {name: "#!/bin/sh\nexit 0\n" for name in STUBS} | {"aws": AWS, "python3": PYTHON, "python": PYTHON}
    program.write_files(folder, scripts)
    for name in scripts:
        (folder / name).chmod(0o755)
    (folder / "dorc-synth").symlink_to(dorc)
    return folder


def check_call(block: Block, words: list[str]) -> None:
    """A call of the AWS CLI: its service has that operation, with these options."""
    service, operation, *rest = words
    model = botocore.session.get_session().get_service_model({"s3api": "s3"}.get(service, service))
    names = {botocore.xform_name(name, "-"): name for name in model.operation_names}
    assert operation in names, f"{block.place}: {operation}"
    options = {f"--{botocore.xform_name(name, '-')}" for name in model.operation_model(names[operation]).input_shape.members}
    assert {word for word in rest if word.startswith("--")} <= options, f"{block.place}: {rest}"


def parse(block: Block) -> None:
    """What the block says it is."""
    suffix = Path(block.name).suffix.removeprefix(".") or block.language
    match "yaml" if suffix == "yml" else suffix:
        case "json":
            json.loads(block.text)
        case "yaml":
            list(yaml.load_all(block.text, Loader=Lenient))
        case "py" | "python":
            compile(block.text, block.place, "exec")


class Lenient(yaml.SafeLoader):
    """Takes the tags of CloudFormation."""


Lenient.add_multi_constructor("!", lambda loader, suffix, node: loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None)
