"""A headless browser, driven by the WebDriver protocol of Chromium's own chromedriver."""

from __future__ import annotations

import base64
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.live.outcomes import Failed, NotRun

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
STILL = 4
"""Looks in a row, a third of a second apart, at which a page is the same when it is drawn."""
LOOKS = 100
NARROWEST = 500
"""Pixels that Chromium makes a window wide at least; what is less is a phone's."""
_STATE = (
    "return [document.readyState, document.documentElement.scrollHeight,"
    " (document.body || {innerText: ''}).innerText.length]"
)
_HEIGHT = "return Math.max(document.documentElement.scrollHeight, document.body.scrollHeight)"


class Browser:
    """A browser of its own, with no memory of another one; to be closed.

    Raises:
        NotRun: there is no Chromium with its chromedriver on the search path.
    """

    def __init__(self, width: int) -> None:
        driver, browser = shutil.which("chromedriver"), _browser()
        if driver is None or browser is None:
            raise NotRun("Chromium and its chromedriver are not on the search path")
        self._width = width
        self._profile = Path(tempfile.mkdtemp(prefix="drive"))
        port = _free_port()
        self._process = subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.DEVNULL)
        self._base = f"http://127.0.0.1:{port}"
        try:
            self._base += self._begin(browser)
        except BaseException:
            self.close()
            raise

    def open(self, url: str, cookies: Mapping[str, str] | None = None) -> None:
        """Open a page and wait until it is drawn, with the cookies of somebody who is logged in."""
        if cookies is not None:
            parts = urlsplit(url)
            self._call("POST", "/url", url=f"{parts.scheme}://{parts.netloc}/robots.txt")
            self._call("DELETE", "/cookie")
            for name, value in cookies.items():
                self._call("POST", "/cookie", cookie={"name": name, "value": value, "path": "/"})
        # By a script, so that the referer is sent: SuiteCRM wants one for its administration.
        self.run("location.href = arguments[0]", url)
        time.sleep(1)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is the same for a while."""
        last, still = None, 0
        for _ in range(LOOKS):
            now = self.run(_STATE)
            still = still + 1 if now == last and now[0] == "complete" else 0
            last = now
            if still >= STILL:
                return
            time.sleep(0.3)

    def wait(self, script: str, *arguments: Any) -> None:
        """Wait until a script returns something that is true.

        Raises:
            Failed: it does not for a minute.
        """
        end = time.monotonic() + 60
        while not self.run(script, *arguments):
            if time.monotonic() > end:
                raise Failed(f"the page never came to: {script.strip()}")
            time.sleep(0.3)

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page and return what it returns."""
        return self._call("POST", "/execute/sync", script=script, args=list(arguments))

    def run_later(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page and return what it hands to its last argument, in a minute."""
        self._call("POST", "/timeouts", script=60_000)
        return self._call("POST", "/execute/async", script=script, args=list(arguments))

    def devtools(self, command: str, **params: Any) -> Any:
        """Give a command of the browser's own protocol for developers."""
        return self._call("POST", "/goog/cdp/execute", cmd=command, params=params)

    def shoot(self, file: Path) -> None:
        """Write the whole page as a PNG."""
        height = min(int(self.run(_HEIGHT)) + 140, 9000)
        self._call("POST", "/window/rect", width=self._width, height=max(height, 700))
        self.settle()
        file.write_bytes(base64.b64decode(self._call("GET", "/screenshot")))
        self._call("POST", "/window/rect", width=self._width, height=1000)

    def errors(self) -> list[str]:
        """Return what the page has reported as errors since the last call."""
        told = self._call("POST", "/se/log", type="browser")
        return [str(one["message"]) for one in told if one["level"] == "SEVERE"]

    def close(self) -> None:
        """End the browser."""
        if self._base.count("/session/"):
            requests.delete(self._base, timeout=60)
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _begin(self, browser: str) -> str:
        arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
            f"--user-data-dir={self._profile}",
            f"--window-size={self._width},1000",
        ]
        options: dict[str, Any] = {"binary": browser, "args": arguments}
        if self._width < NARROWEST:
            metrics = {"width": self._width, "height": 1000, "pixelRatio": 1.0}
            options["mobileEmulation"] = {"deviceMetrics": metrics}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        for _ in range(LOOKS):
            try:
                made = self._call("POST", "/session", capabilities={"alwaysMatch": wanted})
            except requests.ConnectionError:
                time.sleep(0.1)
            else:
                return f"/session/{made['sessionId']}"
        raise Failed("chromedriver does not answer")

    def _call(self, verb: str, path: str, **body: Any) -> Any:
        answer = requests.request(
            verb, self._base + path, json=body if verb == "POST" else None, timeout=300
        )
        value = answer.json()["value"]
        if answer.status_code != 200:
            raise Failed(f"the browser says: {value.get('message', value)[:300]}")
        return value


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
