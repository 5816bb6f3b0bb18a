"""Send a list of requests to SuiteCRM and write requests and answers to a JSON file.

An entry of the list is an object: `name`, `method`, `path` below the API's prefix, and where
wanted `body` (JSON, or text that is sent as it is) and `authorization` (the header's value; null
for none; without it the request goes with a valid token). In path and body `${client_id}`,
`${client_secret}`, `${username}`, `${password}` and `${grant}` stand for the settings, and
`${Contacts}`, like any other module's key, for the id of that module's first record.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import Any

from suitecrm_bridge.crm import Answer, Credentials, SuiteCRM
from suitecrm_bridge.errors import BridgeError, DataError
from suitecrm_bridge.settings import Settings

REQUESTS = Path(__file__).with_name("requests.json")
MASKS = {
    "access_token": "<jwt>",
    "refresh_token": "<refresh-token>",
    "client_secret": "<secret>",
    "password": "<password>",
}
MEDIA_TYPE = "application/vnd.api+json"

Json = dict[str, Any]


class NoRecord(DataError):
    """A placeholder stands for a record of a module that has none."""


class Recorder:
    """Sends requests through the bridge's client and keeps what was said, secrets masked."""

    def __init__(self, crm: SuiteCRM, credentials: Credentials) -> None:
        self._crm = crm
        self._values = {
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret.reveal(),
            "username": credentials.username,
            "password": credentials.password.reveal(),
            "grant": credentials.grant,
        }

    def exchange(self, entry: Json) -> Json:
        """Send one request of the list and return it with its answer."""
        path, body = self._filled(entry["path"]), self._filled(entry.get("body"))
        content = None if body is None else _content(body)
        authorization = entry.get("authorization", self._crm.api.bearer())
        answer = self._crm.api.answer(entry["method"], path, content, authorization=authorization)
        sent = {
            "method": entry["method"],
            "path": f"{self._crm.prefix}{path}",
            "content_type": None if content is None else MEDIA_TYPE,
            "body": body,
            "authorization": entry.get("authorization", "Bearer <token>"),
        }
        return self._masked({"name": entry["name"], "request": sent, "response": _said(answer)})

    def _filled(self, value: Any) -> Any:
        if isinstance(value, str):
            template = Template(value)
            for name in template.get_identifiers():
                if name not in self._values:
                    self._values[name] = self._first_id(name)
            return template.substitute(self._values)
        if isinstance(value, dict):
            return {key: self._filled(item) for key, item in value.items()}
        return [self._filled(item) for item in value] if isinstance(value, list) else value

    def _first_id(self, module: str) -> str:
        first = self._crm.module(module).page(fields=[], size=1).last_id
        if first is None:
            raise NoRecord(f"{module} has no record")
        return first

    def _masked(self, value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: self._masked(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self._masked(item) for item in value]
        if not isinstance(value, str):
            return value
        return MASKS[key] if key in MASKS else self._crm.api.scrub(value)


def _content(body: Any) -> bytes:
    return (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)).encode()


def _said(answer: Answer) -> Json:
    words = answer.body.decode("utf-8", errors="replace")
    try:
        body = json.loads(words)
    except ValueError:
        body = words
    content_type = answer.headers.get("content-type")
    return {"status": answer.status, "content_type": content_type, "body": body}


def read_requests(file: Path, allow_writes: bool) -> list[Json]:
    """Return the entries of a list of requests.

    Raises:
        DataError: the file is no such list, or would change the CRM without leave.
    """
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{file}: {error}") from error
    if not isinstance(entries, list):
        raise DataError(f"{file} must hold a list of requests")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not {"name", "method", "path"} <= set(entry):
            raise DataError(f"{file}: request {number} needs name, method and path")
        reads = entry["method"] == "GET" or entry["path"] == "/access_token"
        if not reads and not allow_writes:
            raise DataError(
                f"{file}: request {number} ({entry['name']}) may change the CRM; "
                "send it to a CRM made for tests, with --allow-writes"
            )
    return entries


def record(recorder: Recorder, entries: list[Json]) -> list[Json]:
    """Return the exchanges; a request for a record that there is not is left out and named."""
    exchanges = []
    for entry in entries:
        try:
            exchanges.append(recorder.exchange(entry))
        except NoRecord as error:
            print(f"left out: {entry['name']}: {error}", file=sys.stderr)
            continue
        print(f"{exchanges[-1]['response']['status']} {entry['name']}", file=sys.stderr)
    return exchanges


def write(file: Path, recording: Json) -> None:
    """Write the recording whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=file.parent, prefix=file.name, delete=False
    ) as part:
        temporary = Path(part.name)
        try:
            json.dump(recording, part, ensure_ascii=False, indent=1)
            part.write("\n")
        except BaseException:
            part.close()
            temporary.unlink()
            raise
    temporary.replace(file)


def main(arguments: list[str]) -> int:
    """Record and return the exit code."""
    parser = argparse.ArgumentParser(prog="record.py", allow_abbrev=False)
    parser.add_argument("--output", type=Path, required=True, help="file to write")
    parser.add_argument("--requests", type=Path, default=REQUESTS, help="list of requests")
    parser.add_argument("--env-file", type=Path, help="settings file")
    parser.add_argument("--server", help="what is recorded, in words: version, data, API user")
    parser.add_argument("--allow-writes", action="store_true", help="send what changes the CRM")
    options = parser.parse_args(arguments)
    try:
        entries = read_requests(options.requests, options.allow_writes)
        settings = Settings.read(env_file=options.env_file)
        settings.require_crm()
        credentials = Credentials(
            settings.client_id, settings.client_secret, settings.username, settings.password
        )
        with SuiteCRM(
            settings.url, credentials, verify_tls=settings.verify_tls, timeout=settings.timeout
        ) as crm:
            server = options.server or f"SuiteCRM, API user: {crm.current_user().get('user_name')}"
            exchanges = record(Recorder(crm, credentials), entries)
        today = datetime.now(UTC).date().isoformat()
        write(options.output, {"server": server, "recorded": today, "exchanges": exchanges})
    except BridgeError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"{len(exchanges)} exchanges recorded in {options.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
