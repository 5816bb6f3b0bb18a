"""The sandbox: a SuiteCRM to try things on, in one process, without PHP or MySQL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from suitecrm_bridge.sandbox.app import Api
from suitecrm_bridge.sandbox.oauth import Tokens
from suitecrm_bridge.sandbox.schema import schema
from suitecrm_bridge.sandbox.server import SandboxServer
from suitecrm_bridge.sandbox.store import Store


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Sandbox:
    """A SuiteCRM with its store (`store`) and its V8 API (`app`, a WSGI application).

    Args:
        path: file of the database; without one it lives in memory.
        package: whether the bridge's package, and so its custom fields, is installed.
        clock: what time it is.
        token_lifetime: seconds that an access token is good for.
    """

    def __init__(
        self,
        *,
        path: Path | None = None,
        package: bool = True,
        clock: Callable[[], datetime] = utc_now,
        token_lifetime: int = 3600,
    ) -> None:
        known = schema(package)
        self._clock = clock
        self.store = Store(known, clock, path)
        self.app = Api(known, self.store, Tokens(clock, token_lifetime))

    def serve(self, host: str = "127.0.0.1", port: int = 0) -> SandboxServer:
        """Return a server for a `with` block; port 0 takes a free one."""
        return SandboxServer(self.app, host, port, self._clock)

    def run(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Serve until the process is interrupted."""
        with self.serve(host, port) as server, suppress(KeyboardInterrupt):
            server.wait()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        self.store.close()
