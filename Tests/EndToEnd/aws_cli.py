"""The AWS CLI without its start: one process has it loaded, and forks for each call.

A start takes most of a second, and the tests make hundreds of calls. What runs in the fork is the AWS CLI itself, with the
caller's arguments, environment, folder and files; `aws`, which the tests have on their PATH, waits for it. When the caller is
ended, so is the fork.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from pathlib import Path

# Without `site` and `socket`, whose imports take longer than the call.
CLIENT = """\
#!{python} -IS
import _socket, marshal, os, sys
channel = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
channel.connect({address!r})
call = marshal.dumps(([os.fsencode(each) for each in sys.argv[1:]], dict(os.environb), os.getcwdb()))
files = b"".join(each.to_bytes(4, sys.byteorder) for each in range(3))
channel.sendmsg([len(call).to_bytes(8, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
sent = 0
while sent < len(call):
    sent += channel.send(call[sent:])
status = channel.recv(1)
sys.exit(status[0] if status else "aws: the call ended without a status")
"""
# Of these services the models are loaded once.
SERVICES = ("cloudformation", "ecr", "logs", "s3", "scheduler", "sqs", "stepfunctions", "sts")
MODELS = ("service-2", "endpoint-rule-set-1", "paginators-1", "waiters-2")
SHARED = ("endpoints", "partitions", "sdk-default-configuration", "_retry")


class Server:
    """`folder` then has the program `aws`."""

    def __init__(self, folder: Path):
        self.folder = folder
        address = str(folder / "calls")
        program = folder / "aws"
        program.write_text(CLIENT.format(python=sys.executable, address=address))
        program.chmod(0o755)
        self.process = subprocess.Popen([sys.executable, "-B", __file__, address], stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == b"ready\n"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def serve(address: str) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(64)
    load()
    print("ready", flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    while True:
        channel, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            answer(channel)
        channel.close()


def load() -> None:
    import awscli.clidriver
    import awscli.customizations.cloudformation.yamlhelper  # noqa: F401
    import botocore.session
    from awscli.customizations import overridesslcommonname
    from botocore.exceptions import UnknownServiceError
    from botocore.loaders import JSONFileLoader, Loader

    # Version 1 calls SQS by its old host name, whatever AWS_ENDPOINT_URL says.
    overridesslcommonname.SSL_COMMON_NAMES.pop("sqs")
    # Forked processes have what this one has read and listed.
    JSONFileLoader.load_file = once(JSONFileLoader.load_file)
    Loader.list_available_services = once(Loader.list_available_services)
    awscli.clidriver.create_clidriver()
    loader = botocore.session.Session().get_component("data_loader")
    for name in SHARED:
        loader.load_data(name)
    for service in SERVICES:
        for model in MODELS:
            loader.list_available_services(model)
            with contextlib.suppress(UnknownServiceError):  # which has no such model
                loader.load_service_model(service, model)


def once(method):
    """A method whose answer depends on its arguments alone."""
    answers = {}

    def answered(self, *arguments, **options):
        key = (*arguments, *options.values())
        if key not in answers:
            answers[key] = method(self, *arguments, **options)
        return answers[key]

    return answered


def answer(channel: socket.socket) -> None:
    """The call that comes through the channel, and the status that goes back."""
    size, files, _, _ = socket.recv_fds(channel, 8, 3)
    call, size = b"", int.from_bytes(size, "big")
    while len(call) < size:
        call += channel.recv(size - len(call))
    arguments, environment, folder = marshal.loads(call)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")
    data = os.environ["AWS_DATA_PATH"]
    os.environb.clear()
    os.environb.update(environment)
    os.environ["AWS_DATA_PATH"] = data
    os.chdir(folder)
    sys.argv = ["aws", *map(os.fsdecode, arguments)]
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    threading.Thread(target=end_with, args=(channel,), daemon=True).start()
    status = 255
    try:
        import awscli.clidriver

        status = awscli.clidriver.main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        for file in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                file.flush()
        channel.send(bytes([status & 255]))
        os._exit(0)


def end_with(channel: socket.socket) -> None:
    """The caller says nothing more: what can be read is its end."""
    channel.recv(1)
    os._exit(1)


if __name__ == "__main__":
    serve(sys.argv[1])
