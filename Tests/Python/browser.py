"""Drives a headless Chromium through its own DevTools protocol, over two pipes: no port, no driver, no library.

https://chromedevtools.github.io/devtools-protocol/; `--remote-debugging-pipe` reads commands from descriptor 3 and writes
answers and events to descriptor 4, each a JSON text that ends with a zero byte.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Far more than any answer takes.
PATIENCE = 60


def find() -> str:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise FileNotFoundError("there is no Chromium: install Debian's package `chromium`, or name one in CHROMIUM")
    return path


class Browser:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="dorc-browser-", ignore_cleanup_errors=True)
        to_read, self.commands = os.pipe()
        self.answers, to_write = os.pipe()
        # The numbers that Chromium expects may be taken here: the child's are set by a shell.
        script = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        options = [
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"),
            *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--remote-debugging-pipe", f"--user-data-dir={self.folder.name}", "about:blank"),
        ]
        # `sh` of Debian takes descriptors of one digit only.
        self.process = subprocess.Popen(
            ["bash", "-c", script, find(), *options],
            pass_fds=(to_read, to_write), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self.buffer = b""
        self.number = 0
        self.events: list[dict] = []
        self.session = None

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.commands)
        os.close(self.answers)
        self.folder.cleanup()

    def call(self, method: str, **parameters) -> dict:
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        data = json.dumps(command).encode() + b"\0"
        while data:
            data = data[os.write(self.commands, data) :]
        while True:
            message = self.receive(PATIENCE)
            if message.get("id") == command["id"]:
                assert "error" not in message, (method, message["error"])
                return message["result"]
            self.events.append(message)

    def receive(self, patience: float) -> dict:
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.answers], [], [], patience)
            part = os.read(self.answers, 1 << 20) if ready else b""
            assert part, f"no answer of the browser; it ended with {self.process.poll()}"
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def page(self, width=1400, height=900) -> Page:
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.events.clear()
        page = Page(self)
        page.resize(width, height)
        return page


class Page:
    """The page that is open; what it said and asked for is in `complaints` and `requests`."""

    def __init__(self, browser: Browser):
        self.browser = browser

    def open(self, path: Path, hash="") -> None:
        self.browser.call("Page.navigate", url="about:blank")
        self.browser.events.clear()
        self.browser.call("Page.navigate", url=path.resolve().as_uri() + hash)
        self.wait("document.readyState === 'complete'")

    def resize(self, width: int, height: int, is_mobile=False) -> None:
        self.browser.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=is_mobile)

    def colours(self, scheme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.browser.call("Emulation.setEmulatedMedia", features=features)

    def run(self, script: str):
        answer = self.browser.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition: str):
        end = time.monotonic() + PATIENCE
        while not (value := self.run(condition)):
            assert time.monotonic() < end, f"this never became true: {condition}"
            time.sleep(0.01)
        return value

    def press(self, key: str, text: str = "") -> None:
        codes = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Tab": 9}
        options = {"key": key, "windowsVirtualKeyCode": codes.get(key, 0)}
        text = text or (key if len(key) == 1 else "\r" if key == "Enter" else "")
        if text:
            options["text"] = text
        self.browser.call("Input.dispatchKeyEvent", type="keyDown", **options)
        self.browser.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def type(self, text: str) -> None:
        for character in text:
            self.press(character)

    def click(self, selector: str) -> None:
        x, y = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center', inline: 'center'}); const r = e.getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self, path: Path) -> None:
        data = self.browser.call("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))

    @property
    def complaints(self) -> list[str]:
        """Errors of scripts, of the console and of the browser, such as what the page's policy refused."""
        self.run("0")
        found = []
        for event in self.browser.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                found.append(str(parameters["exceptionDetails"]))
            elif method == "Runtime.consoleAPICalled":
                found.append(str(parameters["args"]))
            elif method == "Log.entryAdded":
                found.append(parameters["entry"]["text"])
        return found

    @property
    def requests(self) -> list[str]:
        self.run("0")
        return [
            event["params"]["request"]["url"]
            for event in self.browser.events
            if event.get("method") == "Network.requestWillBeSent"
        ]
