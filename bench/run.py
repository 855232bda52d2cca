#!/usr/bin/env python3
"""Measures dorc-synth and its peers against the physical limit, and prints Markdown.

    bench/run.py [--sizes 1,10,100,1000] [--write]

README.md beside this file says what is measured and how.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import instructions
import make_steps
import report
from measure import Measure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# What `make release` makes.
SHIPPED = ROOT / ".build" / "dorc-synth"
UNSTRIPPED = ROOT / ".build" / "release" / "dorc-synth"


@dataclass(frozen=True)
class Program:
    """`command` takes the config repository and the output folder in the places of {repo} and {out}."""

    name: str
    command: tuple[str, ...]
    largest: int = sys.maxsize

    def with_folders(self, repo: Path, out: Path) -> list[str]:
        return [word.format(repo=repo, out=out) for word in self.command]

    @property
    def is_peer(self) -> bool:
        return not self.name.startswith("dorc ")


# What people wait for: each is a claim, where the program has the command. `{repo}` and `{out}` as above.
VIEWS = (
    ("list",),
    ("schedule", "--from", "2027-01-01"),
    ("schedule", "--from", "2027-01-01", "--format", "json"),
    ("check",),
    ("diff", "{out}"),
    ("graph",),
    ("schema", "pipeline"),
    ("explain", "unknown-key"),
)
# Of them, those that read no config repository.
WITHOUT_PROJECT = ("schema", "explain")


def programs(binary: Path, peers_up_to: int) -> list[Program]:
    found = [
        Program(f"dorc {form.upper()}", (str(binary), "--config", "{repo}", "{out}", "--format", form, "--quiet"))
        for form in ("json", "yaml")
    ]
    for peer, script in (("plain Python", "peer_plain.py"), ("troposphere", "peer_troposphere.py")):
        for form in ("json", "yaml"):
            command = (sys.executable, str(HERE / script), "{repo}", "{out}", form)
            found.append(Program(f"{peer} {form.upper()}", command, peers_up_to))
    return found


def main() -> None:
    options = parse_options()
    work = options.work.resolve()
    shutil.rmtree(work / "out", ignore_errors=True)
    (work / "out").mkdir(parents=True)
    build = measure_build(work) if options.build else None
    binary = options.binary.resolve() if options.binary else build_binary()
    limit = build_c(work, "limit", "-Wno-deprecated-declarations", "-lcrypto")
    measure = Measure(build_c(work, "measure"), options.rounds, options.seconds)

    rows, unchanged = [], []
    for size in options.sizes:
        repo = make_workload(work, size)
        for program in programs(binary, options.peers_up_to):
            if size > program.largest:
                continue
            note(f"{size} pipelines, {program.name}")
            row, again = measure_program(measure, program, limit, repo, size, work / "out")
            rows.append(row)
            unchanged += again
    steps = []
    for shape, count in make_steps.SHAPES if options.steps else []:
        repo = make_step_workload(work, shape, count)
        for program in programs(binary, 0)[:1]:
            note(f"{count} steps, {shape}")
            row, _ = measure_program(measure, program, limit, repo, count, work / "out", shape)
            steps.append(report.StepRow(shape, row))
    views = measure_views(options, measure, binary, work) if options.views else []
    counts = count_instructions(options, work, binary)
    # Only now: a file system that has just freed many files creates new ones slowly for a while.
    shutil.rmtree(work / "out")

    text = report.markdown(rows, unchanged, steps, views, counts, build)
    print(text)
    if options.write:
        report.write(HERE / "README.md", text)


def measure_program(measure, program, limit, repo, size, out, shape="pipelines"):
    """Each run writes into a folder of its own; the first warms up and says what the limit has to write."""
    stem = f"{size}-{shape}-{program.name}".replace(" ", "-")
    first = out / f"{stem}-first"
    measure.run(program.with_folders(repo, first))
    files = sorted(path for path in first.rglob("*") if path.is_file())
    sizes = out / f"{stem}.sizes"
    # The number makes the flat name unique.
    lines = [f"{index:06}-{path.name.replace(' ', '_')} {path.stat().st_size}\n" for index, path in enumerate(files)]
    sizes.write_text("".join(lines), encoding="utf-8")

    pairing = measure.pair(
        lambda turn: [str(limit), str(repo), str(out / f"{stem}-limit-{turn}"), str(sizes)],
        lambda turn: program.with_folders(repo, out / f"{stem}-{turn}"),
    )
    row = report.Row(size, program.name, len(files), sum(path.stat().st_size for path in files), pairing)
    if program.is_peer:
        return row, []
    before = states(first)
    sample = measure.run(program.with_folders(repo, first))
    after = states(first)
    written = sum(before.get(path) != after.get(path) for path in before | after)
    return row, [report.Unchanged(size, program.name, sample, written)]


def measure_views(options, measure, binary: Path, work: Path) -> list[report.ViewRow]:
    rows = []
    for size in sorted({1, max(options.sizes)}):
        repo, out = make_workload(work, size), work / "out" / f"views-{size}"
        measure.run([str(binary), "--config", str(repo), str(out), "--quiet"])
        for view in VIEWS:
            if subprocess.run([binary, view[0], "--help"], capture_output=True).returncode:
                note(f"there is no command {view[0]} yet")
                continue
            note(f"{size} pipelines, {' '.join(view)}")
            config = () if view[0] in WITHOUT_PROJECT else ("--config", str(repo))
            command = [str(binary), *(word.format(repo=repo, out=out) for word in view), *config]
            rows.append(report.ViewRow(size, " ".join(view).replace("{out}", "out/"), measure.alone(command)))
    return rows


def count_instructions(options, work: Path, binary: Path) -> list[report.CountRow]:
    if not options.instructions:
        return []
    if not instructions.is_available():
        note("valgrind is not here: no instructions are counted")
        return []
    # The names of the functions are in the binary before it is stripped.
    named = UNSTRIPPED if not options.binary else binary
    rows = []
    for size in (1, 1000):
        repo = make_workload(work, size)
        for program in programs(named, 0)[:2]:
            note(f"counting the instructions of {size} pipelines, {program.name}")
            out = work / "out" / f"counted-{size}-{program.name.replace(' ', '-')}"
            counted = instructions.count(program.with_folders(repo, out), work / "callgrind.out")
            rows.append(report.CountRow(size, program.name, counted))
    return rows


def measure_build(work: Path) -> report.Build:
    """`make build` in a folder of its own, with the dependencies fetched before."""
    scratch = work / "build"
    shutil.rmtree(scratch, ignore_errors=True)
    place = ["--scratch-path", str(scratch)]
    run(["swift", "package", "resolve", *place], cwd=ROOT)
    note("measuring the build from clean")
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run(["swift", "build", "--product", "dorc-synth", *place], cwd=ROOT)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - start
    shutil.rmtree(scratch)
    return report.Build(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def states(folder: Path) -> dict[Path, tuple[int, int]]:
    """What changes when a file is written, in place or by a rename, even with the same bytes."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            stat = path.stat()
            found[path] = (stat.st_mtime_ns, stat.st_ino)
    return found


def make_workload(work: Path, size: int) -> Path:
    script = HERE / "make_workload.py"
    version = hashlib.sha256(script.read_bytes()).hexdigest()[:12]
    repo = work / "workloads" / f"{version}-{size}"
    if not repo.exists():
        note(f"making the workload of {size} pipelines")
        partial = repo.with_name(f"{repo.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        run([sys.executable, script, partial, size])
        partial.rename(repo)
    return repo


def make_step_workload(work: Path, shape: str, count: int) -> Path:
    repo = work / "workloads" / f"steps-{shape.replace(' ', '-')}-{count}"
    shutil.rmtree(repo, ignore_errors=True)
    make_steps.write(repo, shape, count)
    return repo


def build_binary() -> Path:
    note("building the static release binary")
    run(["make", "release"], cwd=ROOT)
    return SHIPPED


def build_c(work: Path, name: str, *flags: str) -> Path:
    target = work / name
    options = [flag for flag in flags if not flag.startswith("-l")]
    libraries = [flag for flag in flags if flag.startswith("-l")]
    try:
        run(["cc", "-O2", "-static", *options, "-o", target, HERE / f"{name}.c", *libraries])
    except (OSError, subprocess.CalledProcessError):
        raise SystemExit(f"{name}.c needs a C compiler and OpenSSL's headers (Debian: gcc, libssl-dev)")
    return target


def run(command: list, cwd: Path | None = None) -> None:
    subprocess.run(list(map(str, command)), cwd=cwd, check=True, stdout=sys.stderr)


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=[1, 10, 100, 1000],
        help="numbers of pipelines (default: 1,10,100,1000)",
    )
    parser.add_argument("--no-steps", dest="steps", action="store_false", help="leave out pipelines of many steps")
    parser.add_argument("--no-views", dest="views", action="store_false", help="leave out the commands that only look")
    parser.add_argument("--no-instructions", dest="instructions", action="store_false", help="count no instructions")
    parser.add_argument("--no-build", dest="build", action="store_false", help="do not measure the build from clean")
    parser.add_argument("--rounds", type=int, default=9, help="pairs of runs at most (default: 9)")
    parser.add_argument("--seconds", type=float, default=60, help="no new pair after so many seconds (default: 60)")
    parser.add_argument("--peers-up-to", type=int, default=1000, help="largest size for the peers (default: 1000)")
    parser.add_argument("--binary", type=Path, help="a dorc-synth to measure instead of building one")
    work = ROOT / ".build-bench"
    parser.add_argument("--work", type=Path, default=work, help="folder for everything made on the way")
    parser.add_argument("--write", action="store_true", help="put the figures into README.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
