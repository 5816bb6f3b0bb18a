"""People edit contacts, in forms and by the API, while the bridge announces their segments.

It makes contacts of its own and deletes them in the end. Run it with
`python -m tests.live.people_at_work [EDITS] [QUIET EDITS] [PEOPLE]` where SUITECRM_THROWAWAY=yes
says that nothing can be lost:

    SUITECRM_URL, SUITECRM_CLIENT_ID, SUITECRM_CLIENT_SECRET     the bridge's API client
    SUITECRM_USERNAME, SUITECRM_PASSWORD     whoever edits: another user than the client's, so
        that SuiteCRM would show a conflict
    SUITECRM_DSN      mysql://user:password@host/name, to put texts in by SQL (optional; PyMySQL)
"""

from __future__ import annotations

import os
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from suitecrm_bridge.crm import Credentials, FastRoutes, SuiteCRM
from suitecrm_bridge.push.apply import ANNOUNCED_AT_ONCE, NOT_REACHED
from suitecrm_bridge.settings import Secret
from tests.live.person import MODULE, Hand, Interface, Lost, Screens
from tests.live.snapshots import Database
from tests.live.survivors import check_texts

EDITED = (
    "phone_work",
    "phone_mobile",
    "phone_home",
    "phone_other",
    "phone_fax",
    "department",
    "title",
    "assistant",
    "description",
    "primary_address_city",
)
"""Fields that people edit: each of each contact once, so that every edit can be found again."""
SLOWER = 2.0
"""Seconds by which an edit may take longer than the slowest one without a push."""
ROUNDS = 5
SEGMENTS = ("champions", "at_risk", "lost")


class Failed(Exception):
    """Something is not as it should be."""


@dataclass
class Edits:
    """What people saved, and how long each save took."""

    values: dict[tuple[str, str], str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        return max(self.seconds, default=0.0)


@dataclass
class Pushes:
    """What the bridge wrote meanwhile."""

    requests: int = 0
    records: int = 0
    failed: list[str] = field(default_factory=list)
    longest: float = 0.0


class Work:
    """Contacts to edit, people who edit them, and a bridge that writes to them."""

    def __init__(self, crm: SuiteCRM, people: Sequence[tuple[Hand, Hand]]) -> None:
        self._crm = crm
        self._people = people
        routes = crm.fast_routes()
        if routes is None or not routes.most_announced:
            raise Failed("the package is not installed, or too old")
        self._routes: FastRoutes = routes
        self._made: list[str] = []

    def create(self, number: int) -> list[str]:
        """Create contacts and return their ids."""
        start = f"ffffffff-{secrets.token_hex(2)}-4000-8000-"
        ids = [f"{start}{n:012d}" for n in range(number)]
        for id in ids:
            self._crm.module(MODULE).create({"last_name": "People at work"}, id)
            self._made.append(id)
        return ids

    def clean(self) -> None:
        """Delete the contacts that were made."""
        while self._made:
            self._crm.module(MODULE).delete(self._made.pop())

    def edit(self, ids: Sequence[str], number: int, edits: Edits) -> None:
        """Let people make that many edits, each of them in contacts of their own."""
        wanted = [(id, name) for id in ids for name in EDITED][:number]
        mine: list[list[tuple[str, str]]] = [[] for _ in self._people]
        for id, name in wanted:
            mine[ids.index(id) % len(mine)].append((id, name))
        with ThreadPoolExecutor(len(mine)) as pool:
            for hands, own in zip(self._people, mine, strict=True):
                pool.submit(_edit, edits, hands, own)

    def lost(self, edits: Edits) -> list[str]:
        """Return the edits that are not there."""
        stored = {id: self._stored(id) for id in {id for id, _ in edits.values}}
        return [
            f"{id} {name}: {value!r} became {stored[id].get(name)!r}"
            for (id, name), value in edits.values.items()
            if stored[id].get(name) != value
        ]

    def _stored(self, id: str) -> Mapping[str, object]:
        answer = self._crm.api.request("GET", f"/V8/module/{MODULE}/{id}", module=MODULE)
        attributes: Mapping[str, object] = answer["data"]["attributes"]
        return attributes

    @contextmanager
    def pushing(self, ids: Sequence[str], pushes: Pushes) -> Iterator[None]:
        """Announce new segments of contacts, one request after the other, until the block ends."""
        ended = threading.Event()
        thread = threading.Thread(target=self._push, args=(ids, pushes, ended))
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def announce(self, ids: Sequence[str], segment: str) -> list[str]:
        """Announce a segment and return what was not written, in words."""
        rows = {id: (segment, 3) for id in ids}
        left = self._routes.write(MODULE, ("rfm_segment_c", "rfm_recency_c"), rows, notify=True)
        late = [one.id for one in left if one.code == NOT_REACHED]
        others = [f"{one.id}: {one.code}" for one in left if one.code != NOT_REACHED]
        return others + (self.announce(late, segment) if late else [])

    def _push(self, ids: Sequence[str], pushes: Pushes, ended: threading.Event) -> None:
        round = 0
        while not ended.is_set():
            segment = SEGMENTS[round % len(SEGMENTS)]
            round += 1
            for start in range(0, len(ids), ANNOUNCED_AT_ONCE):
                batch = ids[start : start + ANNOUNCED_AT_ONCE]
                began = time.perf_counter()
                try:
                    pushes.failed += self.announce(batch, segment)
                except Exception as error:
                    pushes.failed.append(str(error))
                pushes.requests += 1
                pushes.records += len(batch)
                pushes.longest = max(pushes.longest, time.perf_counter() - began)


def _edit(edits: Edits, hands: tuple[Hand, Hand], wanted: Iterable[tuple[str, str]]) -> None:
    for number, (id, name) in enumerate(wanted):
        value = f"{name[:9]} {secrets.token_hex(4)}"
        try:
            edits.seconds.append(hands[number % 2].edit(id, name, value))
        except Exception as error:
            edits.errors.append(f"{id} {name}: {error}")
        else:
            edits.values[id, name] = value


def check(work: Work, edits: int, quiet: int, say: Callable[[str], None]) -> None:
    """Hold edits during pushes against edits without one.

    Raises:
        Failed: an edit was refused, got lost, or took too long.
    """
    calm, busy, pushes = Edits(), Edits(), Pushes()
    began = time.perf_counter()
    # In turns, for whatever else the machine does slows both down.
    for _ in range(ROUNDS):
        work.edit(work.create(-(-quiet // ROUNDS // len(EDITED))), quiet // ROUNDS, calm)
        ids = work.create(-(-edits // ROUNDS // len(EDITED)))
        with work.pushing(ids, pushes):
            work.edit(ids, edits // ROUNDS, busy)
    took = time.perf_counter() - began
    say(f"{len(calm.seconds)} edits without a push: the slowest took {calm.slowest:.2f} s")
    lost = work.lost(busy) + work.lost(calm)
    say(
        f"{len(busy.seconds)} edits during pushes, {took:.0f} s in all: the slowest took"
        f" {busy.slowest:.2f} s; {len(lost)} lost, {len(busy.errors)} refused"
    )
    say(
        f"{pushes.records} announced records in {pushes.requests} requests, the longest"
        f" {pushes.longest:.2f} s; {len(pushes.failed)} not written"
    )
    problems = [*lost, *busy.errors, *calm.errors, *pushes.failed]
    if busy.slowest > calm.slowest + SLOWER:
        problems.append(f"an edit took {busy.slowest:.2f} s, more than {SLOWER} s longer")
    if problems:
        raise Failed("\n".join(problems[:20]))


def check_form(work: Work, screens: Screens, say: Callable[[str], None]) -> None:
    """Save a form that was opened before a push.

    Raises:
        Failed, Lost: it was not saved.
    """
    (id,) = work.create(1)
    form = screens.open(id)
    work.announce([id], "at_risk")
    screens.save(form | {"phone_work": "+33 1 23"})
    if lost := work.lost(Edits({(id, "phone_work"): "+33 1 23"})):
        raise Failed(lost[0])
    say("a form that was opened before a push was saved without a conflict")


def drive(environment: dict[str, str], edits: int, quiet: int, people: int) -> None:
    """Run everything on the SuiteCRM that the environment names.

    Raises:
        Failed, Lost: what must not happen.
    """
    url = environment["SUITECRM_URL"]
    client = Credentials(
        environment["SUITECRM_CLIENT_ID"], Secret(environment["SUITECRM_CLIENT_SECRET"])
    )
    login = environment["SUITECRM_USERNAME"], environment["SUITECRM_PASSWORD"]
    with SuiteCRM(url, client, timeout=300) as crm, SuiteCRM(url, client, timeout=300) as other:
        screens = [Screens(url, *login) for _ in range(people)]
        hands: list[tuple[Hand, Hand]] = [(one, Interface(other)) for one in screens]
        work = Work(crm, hands)
        try:
            check_form(work, screens[0], print)
            if dsn := environment.get("SUITECRM_DSN"):
                check_texts(Database(dsn), work.create, work.announce, print)
            else:
                print("texts put by SQL are not tried: that needs SUITECRM_DSN and PyMySQL")  # noqa: T201
            check(work, edits, quiet, print)
        finally:
            work.clean()


def missing(environment: dict[str, str]) -> list[str]:
    """Return the variables that must be set first."""
    names = ("URL", "CLIENT_ID", "CLIENT_SECRET", "USERNAME", "PASSWORD")
    unset = [f"SUITECRM_{name}" for name in names if not environment.get(f"SUITECRM_{name}")]
    return unset + ["SUITECRM_THROWAWAY=yes"] * (environment.get("SUITECRM_THROWAWAY") != "yes")


def main() -> int:
    """Run from the command line."""
    if unset := missing(dict(os.environ)):
        print(f"Set {', '.join(unset)} first.\n\n{__doc__}", file=sys.stderr)  # noqa: T201
        return 2
    edits, quiet, people = (
        int(given) for given in [*sys.argv[1:], *("1000", "200", "4")[len(sys.argv) - 1 :]]
    )
    try:
        drive(dict(os.environ), edits, quiet, people)
    except (Failed, Lost) as error:
        print(f"FAILED: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
