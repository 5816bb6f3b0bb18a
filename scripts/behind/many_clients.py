"""`all sync` over many made-up SuiteCRMs; run in the project's environment by clients.py."""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from suitecrm_bridge.jobs.demo import filled_sandbox

CUSTOMERS = 20
GONE, SILENT = "gone", "silent"


def main(arguments: list[str]) -> int:
    """Serve, sync, and say what came of it."""
    asked = argparse.ArgumentParser()
    asked.add_argument("clients", type=int, nargs="?", default=100)
    asked.add_argument("--parallel", default="2")
    asked.add_argument("--minutes", default="5")
    options = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made, ExitStack() as opened:
        folder = Path(made)
        _serve(folder, options.clients - 2, opened)
        began, most = time.monotonic(), [0]
        command = ("-m", "suitecrm_bridge", "all", "sync", str(folder), "--format", "json")
        limits = ("--parallel", options.parallel, "--minutes", options.minutes)
        with subprocess.Popen(
            [sys.executable, *command, *limits], stdout=subprocess.PIPE, text=True
        ) as process:
            watch = threading.Thread(target=_watch, args=(process, most))
            watch.start()
            printed, _ = process.communicate()
            watch.join()
    ended = {one["client"]: one["ended"] for one in json.loads(printed)}
    odd = {name: how for name, how in ended.items() if how != "done"}
    done = len(ended) - len(odd)
    print(f"{done} of {len(ended)} done in {time.monotonic() - began:.0f} s; others: {odd}")
    print(f"exit code {process.returncode}, at most {most[0] / 1e6:.0f} MB together")
    return 0 if odd == {GONE: "failed", SILENT: "timeout"} and process.returncode == 10 else 1


def _serve(folder: Path, count: int, opened: ExitStack) -> None:
    today = datetime.now(UTC).date()
    for number in range(count):
        box = filled_sandbox(CUSTOMERS, number + 1, today, package=True)
        server = opened.enter_context(box.serve())
        _client(folder, f"client-{number:03}", server.url, server.client_id, server.client_secret)
    silent = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
    _client(folder, SILENT, f"http://127.0.0.1:{silent.getsockname()[1]}", "x", "y")
    _client(folder, GONE, "http://127.0.0.1:9", "x", "y")


def _client(folder: Path, name: str, url: str, client: str, secret: str) -> None:
    (folder / name).mkdir()
    lines = (
        f"SUITECRM_URL={url}",
        f"SUITECRM_CLIENT_ID={client}",
        f"SUITECRM_CLIENT_SECRET={secret}",
        "BRIDGE_RETRIES=0",
        "BRIDGE_TIMEOUT=600",
    )
    (folder / name / "config.env").write_text("\n".join(lines), encoding="utf-8")


def _watch(process: subprocess.Popen[str], most: list[int]) -> None:
    """Note how much memory the process and its children take at most, on Linux."""
    while process.poll() is None:
        most[0] = max(most[0], sum(_resident(id) for id in _family(process.pid)))
        time.sleep(0.2)


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            found += _family(int(child))
    return found


def _resident(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * 4096


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
