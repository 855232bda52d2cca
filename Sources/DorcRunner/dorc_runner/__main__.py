"""`python -m dorc_runner PLAN [options]`."""

import os
import sys


def start() -> int:
    try:
        import jsonata  # noqa: F401
    except ImportError:
        print(
            f"error: jsonata-python is missing: install it with `{sys.executable} -m pip install jsonata-python`, "
            "or name a Python that has it with `--python`",
            file=sys.stderr,
        )
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
