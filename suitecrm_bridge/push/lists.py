"""Target lists: made under ids that stay the same, their members changed by what differs.

A list is known by its id and never by its name, so that a person's own list of the same name is
another one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID, uuid5

from suitecrm_bridge.catalogue import storable
from suitecrm_bridge.crm import FastRoutes, Module, SuiteCRM
from suitecrm_bridge.errors import (
    AccessDenied,
    PackageFailed,
    RecordExists,
    RecordNotFound,
    RequestRefused,
    RetriableApiError,
)
from suitecrm_bridge.harmless import in_line
from suitecrm_bridge.push.apply import GIVE_UP_AFTER, never
from suitecrm_bridge.push.suspects import MOST

LISTS = "ProspectLists"
LINKS = {"Contacts": "contacts", "Accounts": "accounts", "Leads": "leads"}
"""What the members of each module are called beside a list."""
TREATED, CONTROL = "default", "exempt"
"""Types of lists: mail goes to the members of a default one, and to nobody on an exempt one."""
_OF_THE_BRIDGE = UUID("b1f6c1c9-6f0a-5d0d-8a56-6c8f0a3a8e57")
_MOST_TIMES = 50
"""How often a list is made anew after people deleted it."""


@dataclass(frozen=True)
class Wanted:
    """A list that is to be there: `mark` is what makes it this one."""

    mark: str
    module: str
    name: str
    description: str
    type: str


@dataclass(frozen=True)
class Difference:
    """Who is to be put on a list, and who taken off."""

    list_id: str
    module: str
    add: Sequence[str] = ()
    remove: Sequence[str] = ()


@dataclass(frozen=True)
class Answered:
    """What SuiteCRM took of a difference, and who it refused to put on the list.

    `gone` tells that there is no such list any more, `failed` why a member alone was not changed.
    """

    list_id: str
    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    refused: Sequence[str] = ()
    gone: bool = False
    failed: RetriableApiError | None = None


@dataclass
class _Room:
    """How many changes may still be made."""

    left: int | None = field(default=None)

    def take(self, ids: Sequence[str]) -> list[str]:
        found = list(ids) if self.left is None else list(islice(ids, self.left))
        if self.left is not None:
            self.left -= len(found)
        return found


def list_id(mark: str, time: int = 0) -> str:
    """Return the id of the list with this mark: SuiteCRM takes it once, even when deleted."""
    return str(uuid5(_OF_THE_BRIDGE, f"{mark}/{time}" if time else mark))


def unnoted(id: str) -> None:
    """Note nothing of a list that is made."""


def make_list(
    crm: SuiteCRM, wanted: Wanted, begin: Callable[[str], None] = unnoted
) -> tuple[str, list[str]]:
    """Make a list, or find it again; return its id and who is on it.

    One that people deleted is made anew, under the next id. `begin` is called with the id of one
    that is not there yet, before it is made.

    Raises:
        RequestRefused: the API user may make no lists.
    """
    attributes = {
        "name": in_line(storable(wanted.name)),
        "description": storable(wanted.description),
        "list_type": wanted.type,
    }
    lists = crm.module(LISTS)
    for time in range(_MOST_TIMES):
        id = list_id(wanted.mark, time)
        try:
            lists.get(id, ["id"])
        except RecordNotFound:
            begin(id)
        else:
            return id, lists.related(id, LINKS[wanted.module])
        try:
            lists.create(attributes, id)
        except RecordExists as error:
            last = error
        else:
            return id, []
    raise last


def change_members(
    crm: SuiteCRM,
    routes: FastRoutes | None,
    differences: Sequence[Difference],
    *,
    most: int,
    stop: Callable[[], bool] = never,
) -> Iterator[Answered]:
    """Change members, those first who are taken off; yield what each request did.

    Over the fast routes many a request and as many as there are, over the stock API one a request
    and `most` in all; the others are left for the next time. Once `stop` says so nothing more is
    sent.

    A member that fails does not stop the others.

    Raises:
        ApiError: what another request would not escape either.
    """
    quick = routes if routes is not None and routes.most_members else None
    room, failures = _Room(None if quick else most), _Failures()
    parts = [Difference(d.list_id, d.module, remove=d.remove) for d in differences if d.remove]
    parts += [Difference(d.list_id, d.module, add=d.add) for d in differences if d.add]
    for part in parts:
        way = _slow(crm, part, room, stop) if quick is None else _quick(quick, part, stop, failures)
        try:
            yield from way
        except RecordNotFound:
            yield Answered(part.list_id, gone=True)
    yield from failures.end()


class _Failures:
    """Tells members that the package fails at from a package that fails."""

    def __init__(self) -> None:
        self._held: list[Answered] = []
        self._changed, self._in_a_row = False, 0

    def changed(self) -> None:
        """Note that a request was answered."""
        self._changed, self._in_a_row = True, 0

    def met(self, error: RequestRefused | RetriableApiError) -> None:
        """Note a request that failed.

        Raises:
            RetriableApiError: too many did, one after the other.
        """
        self._in_a_row = self._in_a_row + 1 if isinstance(error, RetriableApiError) else 0
        if self._in_a_row == GIVE_UP_AFTER:
            raise error

    def alone(self, failed: Answered) -> None:
        """Keep a member that failed alone until it is known what is at fault.

        Raises:
            PackageFailed: the package fails at all.
        """
        self._held.append(failed)
        if len(self._held) == MOST:
            self._judge()

    def end(self) -> list[Answered]:
        """Return the members whose own fault it was.

        Raises:
            PackageFailed: the package changed nobody.
        """
        self._judge()
        return self._held

    def _judge(self) -> None:
        for one in self._held:
            if isinstance(one.failed, PackageFailed) and not self._changed:
                raise one.failed


def _quick(
    routes: FastRoutes, part: Difference, stop: Callable[[], bool], failures: _Failures
) -> Iterator[Answered]:
    waiting = deque(_batches(part, routes.most_members))
    while waiting and not stop():
        batch = waiting.popleft()
        try:
            routes.members(batch.list_id, batch.module, batch.add, batch.remove)
        except (RecordNotFound, AccessDenied):
            raise
        except (RequestRefused, RetriableApiError) as error:
            failures.met(error)
            ids = [*batch.add, *batch.remove]
            if len(ids) > 1:
                waiting.extendleft(reversed(list(_batches(batch, (len(ids) + 1) // 2))))
            elif isinstance(error, RetriableApiError):
                failures.alone(Answered(batch.list_id, refused=ids, failed=error))
            else:
                yield Answered(batch.list_id, refused=ids)
        else:
            failures.changed()
            yield Answered(batch.list_id, batch.add, batch.remove)


def _batches(part: Difference, size: int) -> Iterator[Difference]:
    for start in range(0, len(part.remove), size):
        yield Difference(part.list_id, part.module, remove=part.remove[start : start + size])
    for start in range(0, len(part.add), size):
        yield Difference(part.list_id, part.module, add=part.add[start : start + size])


def _slow(
    crm: SuiteCRM, part: Difference, room: _Room, stop: Callable[[], bool]
) -> Iterator[Answered]:
    lists = crm.module(LISTS)
    ways = [(_take_off, id) for id in room.take(part.remove)]
    ways += [(_put_on, id) for id in room.take(part.add)]
    for way, id in ways:
        if stop():
            return
        try:
            yield way(lists, part, id)
        except RetriableApiError as error:
            yield Answered(part.list_id, refused=[id], failed=error)


def _take_off(lists: Module, part: Difference, id: str) -> Answered:
    try:
        lists.unrelate(part.list_id, LINKS[part.module], id)
    except RecordNotFound:
        # It is the list that is gone, or the record, which is on no list then.
        lists.get(part.list_id, ["id"])
    return Answered(part.list_id, removed=[id])


def _put_on(lists: Module, part: Difference, id: str) -> Answered:
    try:
        lists.relate(part.list_id, LINKS[part.module], part.module, id)
    except AccessDenied:
        raise
    except RequestRefused:
        lists.get(part.list_id, ["id"])
        return Answered(part.list_id, refused=[id])
    return Answered(part.list_id, added=[id])
