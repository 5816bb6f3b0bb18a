"""The sandbox: a SuiteCRM to try things on, in one process, without PHP or MySQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.sandbox.app import API, Api
from suitecrm_bridge.sandbox.bridge import Bridge, Cards, Programmes, Rights, Run, Scores
from suitecrm_bridge.sandbox.faults import NO_FAULTS, Faults, Switchboard
from suitecrm_bridge.sandbox.oauth import Tokens
from suitecrm_bridge.sandbox.people import People
from suitecrm_bridge.sandbox.sabotage import Saboteur
from suitecrm_bridge.sandbox.schema import schema
from suitecrm_bridge.sandbox.server import SandboxServer
from suitecrm_bridge.sandbox.sight import Sight
from suitecrm_bridge.sandbox.store import Store
from suitecrm_bridge.sandbox.upkeep import Backup, Upkeep


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Sandbox:
    """A SuiteCRM with its store (`store`), the people who work in it (`people`), and its V8 API.

    `app` is that API, a WSGI application.

    Args:
        path: file of the database; without one it lives in memory.
        package: whether the bridge's package, and so its custom fields, is installed.
        routes: whether its fast routes are registered; without the package there are none.
        clock: what time it is.
        token_lifetime: seconds that an access token is good for.
        faults: what goes wrong, over HTTP only; a server may exchange them.
        date: what the header Date says, None for none; default the clock's time.
        prefix: path of the API; another one than /Api has nothing there, as in a SuiteCRM 8.
        refuses_inactive: whether inactive users get no token and are refused with one that they
            have, as from 7.15 on; an older SuiteCRM serves them, but for the package's routes.

    `sight` takes things out of the API user's sight, and `date` may be exchanged, at any time.
    """

    def __init__(
        self,
        *,
        path: Path | None = None,
        package: bool = True,
        routes: bool = True,
        clock: Callable[[], datetime] = utc_now,
        token_lifetime: int = 3600,
        faults: Faults = NO_FAULTS,
        date: Callable[[], datetime | None] | None = None,
        prefix: str = API,
        refuses_inactive: bool = False,
    ) -> None:
        shared = schema(package)
        beans = dict(shared.beans)
        known = replace(shared, beans=beans)
        board = Switchboard(faults)
        self._clock = board.clock(clock)
        self.store = Store(known, self._clock, path)
        self.date = date or self._clock
        self.sight = Sight(known, self.store)
        self._bridge = Bridge(known, self.store, self.sight)
        serves = self._bridge.users.is_active if refuses_inactive else lambda user: True
        self._tokens = Tokens(self._clock, token_lifetime, serves)
        self._saboteur = Saboteur(board, self._tokens, self._clock)
        self._bridge.scores.hooks.append(lambda module, id: time.sleep(board.saving(id)))
        self.people = People(known, self.store)
        self._upkeep = Upkeep(beans, self.store, self._bridge)
        if package:
            self._bridge.marks.install()
        served = self._bridge if package and routes else None
        self.app = Api(known, self.store, self._tokens, self.sight, served, prefix)

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files of documents, by the ids of their revisions."""
        return self.app.files

    def keep(self) -> Backup:
        """Return a backup of the database, with the package's marks and runs."""
        return self._upkeep.keep()

    def restore(self, kept: Backup) -> None:
        """Put the database back as it was; fields, routes and tokens stay as they are."""
        self._upkeep.restore(kept)

    def drop_fields(self, module: str, *names: str) -> None:
        """Delete fields of the package in Studio, with what records hold in them."""
        self._upkeep.drop(module, names)

    def add_fields(self, module: str, *names: str) -> None:
        """Make such fields again, as a repair does; no record holds anything in them."""
        self._upkeep.add(module, names)

    def make_field(self, module: str, name: str, kind: str = "varchar") -> None:
        """Make a field of people's own in Studio; no record holds anything in it."""
        self._upkeep.make(module, name, kind)

    def uninstall(self, *, drop_columns: bool = True) -> None:
        """Uninstall the package: its routes, its marks and, if so, its fields are gone."""
        self._upkeep.uninstall(drop_columns=drop_columns)

    def install(self, rules: Rules | None = None) -> None:
        """Install the package; over one that is there it is an upgrade and keeps the marks.

        Args:
            rules: those that it was built with; default, the shipped ones.
        """
        self._upkeep.install(rules)

    @property
    def marks(self) -> Mapping[str, str | None]:
        """The installation's mark, who writes here, and what that bridge left last."""
        return self._bridge.marks.all()

    @property
    def runs(self) -> Sequence[Run]:
        """The runs that the bridge has reported, oldest first."""
        return tuple(self._bridge.runs.kept)

    @property
    def programmes(self) -> Programmes:
        """What the administration page shows of programmes, and its switches."""
        return self._bridge.programmes

    @property
    def cards(self) -> Cards:
        """What the package was told of customers for its card."""
        return self._bridge.cards

    @property
    def scores(self) -> Scores:
        """The fast route that writes: its hooks, and how long it waits for a record."""
        return self._bridge.scores

    def add_user(self, name: str, rights: Mapping[str, Rights]) -> tuple[str, str]:
        """Add a user with a role that allows less than everything on the fast routes.

        Returns:
            The user's id, and the id of the client whose tokens act as them.
        """
        client, user_id = str(uuid4()), self._bridge.users.add(name, rights)
        self._tokens.add_client(client, user_id)
        return user_id, client

    def show_numbers(self, form: Callable[[str], str]) -> None:
        """Let the stock API answer numbers in another form, as a customised CRM may.

        Args:
            form: makes what is answered of what the database holds, such as "101.000000".
        """
        self.app.answers.number_form = form

    def serve(self, host: str = "127.0.0.1", port: int = 0) -> SandboxServer:
        """Return a server for a `with` block; port 0 takes a free one."""
        return SandboxServer(self.app, host, port, lambda: self.date(), self._saboteur)

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
