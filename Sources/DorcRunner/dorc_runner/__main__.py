"""`python -m dorc_runner PLAN [options]`."""

import os
import sys


def open_what_is_closed() -> None:
    """Started with `>&-`, the next file or pipe would become standard output."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            while (opened := os.open(os.devnull, os.O_RDWR)) < number:
                pass
            setattr(sys, name, os.fdopen(opened, "r" if number == 0 else "w"))


# Of what is called within each other: data that are nested deeply need more than Python's 1,000.
MOST_FRAMES = 4000


def where_to_install() -> str:
    """Debian's, Ubuntu's and Homebrew's own Python refuses packages (PEP 668): outside of a virtual environment one has to be made."""
    if sys.prefix != sys.base_prefix:
        return (
            f"install it with `{sys.executable} -m pip install jsonata-python`, "
            "or name a Python that has it with `--python`"
        )
    return (
        "make a virtual environment that has it and activate it, or name its Python with `--python`\n"
        "  python3 -m venv .venv\n"
        "  .venv/bin/pip install jsonata-python\n"
        "  . .venv/bin/activate"
    )


def start() -> int:
    open_what_is_closed()
    sys.setrecursionlimit(MOST_FRAMES)
    try:
        import jsonata  # noqa: F401
    except ImportError:
        print(f"error: jsonata-python is missing in `{sys.executable}`: {where_to_install()}", file=sys.stderr)
        return 64
    from .command_line import main

    return main()


if __name__ == "__main__":
    try:
        status = start()
    except SystemExit as leaving:
        # argparse, after `--help`.
        status = int(leaving.code or 0)
    except KeyboardInterrupt:
        # Before anything runs; later, an interrupt is the run's.
        status = 130
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            status = status or int(stream is sys.stdout)
    # Threads whose functions were given up are still waiting: nobody waits for them.
    os._exit(status)
