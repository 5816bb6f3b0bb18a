"""What is known of one person, and taking them out of everything that the bridge holds."""

from __future__ import annotations

import calendar
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from suitecrm_bridge.catalogue import ENTITY_MODULES, catalogue
from suitecrm_bridge.errors import Incomplete, NotFound, RecordNotFound, WriteBackError
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs import home_files, marks
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.sources import stale_sources
from suitecrm_bridge.mirror import MIRROR_FILE
from suitecrm_bridge.mirror.privacy import Person
from suitecrm_bridge.mirror.rewriting import rewrite
from suitecrm_bridge.mirror.suppression import Suppressed
from suitecrm_bridge.push import Change, Difference, apply, change_members

logger = logging.getLogger(__name__)

_LISTS = "programme_members"
_AT_ONCE = 20
"""People that one statement looks for."""
_TELLING = frozenset(
    {
        "AOS_Invoices",
        "Opportunities",
        "Cases",
        "contacts_cases",
        "opportunities_contacts",
        "SurveyResponses",
        "CampaignLog",
    }
)
"""Sources that tell what somebody did."""


@dataclass(frozen=True)
class Erasure:
    """What an erasure would take, or took: people, rows by table, files, fields in SuiteCRM.

    `left` are files that people wrote, in which the person still stands.
    """

    people: Sequence[Person]
    rows: Mapping[str, int] = field(default_factory=dict)
    files: Sequence[Path] = field(default_factory=list)
    left: Sequence[Path] = field(default_factory=list)


def known(context: Context, id: str) -> dict[str, list[dict[str, Any]]]:
    """Return everything that is held of a person, by table.

    Raises:
        NotFound: nothing is.
    """
    people = _people(context, id)
    return context.mirror.privacy.known(people)


def preview(context: Context, id: str) -> Erasure:
    """Return what `erase` would take.

    Raises:
        NotFound: nothing is held of this id.
    """
    people = _people(context, id)
    rows = context.mirror.privacy.traces(people).rows
    return Erasure(people, rows, home_files.naming(context.settings.home, _words(people)))


def erase(context: Context, id: str, *, local: bool = False) -> Erasure:
    """Take a person out of mirror, files, and of SuiteCRM what the bridge wrote there.

    From then on they are kept out by hashes of their ids. What was begun and cut off is ended by
    erasing them again.

    Args:
        context: whose mirror; it is closed and written anew.
        id: the id of a contact, a lead or an account.
        local: leave SuiteCRM as it is.

    Raises:
        NotFound: nothing is held of this id.
        OtherBridge: another bridge writes into this SuiteCRM; nothing was erased.
        ApiError: SuiteCRM cannot be reached; nothing was erased.
        WriteBackError: SuiteCRM did not take the empty fields; nothing was erased.
        StoreError: the mirror cannot be written anew.
    """
    found = preview(context, id)
    return replace(found, left=_erase(context, found.people, local=local))


def idle(context: Context, months: int) -> list[Person]:
    """Return contacts and leads who have neither bought, answered, written nor clicked for so long.

    Sources that cannot be read now would make everybody look idle.

    Raises:
        Incomplete: one of those that tell of it was not read lately.
    """
    stale = sorted(stale_sources(context).keys() & _TELLING)
    if stale:
        raise Incomplete(text("privacy.not_known", sources=", ".join(stale)))
    today = context.today()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return context.mirror.privacy.idle(date(year, month + 1, min(today.day, last)))


def erase_idle(
    context: Context, people: Sequence[Person], *, local: bool = False
) -> Sequence[Path]:
    """Erase people as `erase` does; return the files of people's own that still name some.

    Raises:
        OtherBridge: another bridge writes into this SuiteCRM; nothing was erased.
        ApiError: SuiteCRM cannot be reached; nothing was erased.
        WriteBackError: SuiteCRM did not take the empty fields; nothing was erased.
        StoreError: the mirror cannot be written anew.
    """
    return _erase(context, people, local=local)


def _erase(context: Context, people: Sequence[Person], *, local: bool) -> Sequence[Path]:
    home = context.settings.home
    if not local:
        marks.check_holder(context)
        _leave_lists(context, people)
        _empty_fields(context, people)
    for some in _parts(people):
        privacy = context.mirror.privacy
        # First of all: whatever comes in between, they do not come back.
        wordless = privacy.traces(some).wordless
        Suppressed.read(home).with_more([one.id for one in some], wordless).keep(home)
        privacy.erase(some)
    context.close_mirror()
    rewrite(home / MIRROR_FILE)
    return home_files.take_out(home, _words(people))


def _parts(people: Sequence[Person]) -> Iterator[Sequence[Person]]:
    for start in range(0, len(people), _AT_ONCE):
        yield people[start : start + _AT_ONCE]


def _people(context: Context, id: str) -> list[Person]:
    people = context.mirror.privacy.people(id)
    if people:
        return people
    if Suppressed.read(context.settings.home).knows(id):
        return [Person("", id)]
    raise NotFound(text("privacy.nobody", id=id))


def _words(people: Sequence[Person]) -> set[str]:
    return {words for one in people for words in (one.id, *one.told)}


def _leave_lists(context: Context, people: Sequence[Person]) -> None:
    """Take them off the bridge's target lists."""
    ids = {one.id: one.module for one in people}
    rows = [
        row for some in _parts(people) for row in context.mirror.privacy.known(some).get(_LISTS, ())
    ]
    differences = [
        Difference(row["list_id"], ids[row["person"]], (), [row["person"]])
        for row in rows
        if ids.get(row["person"])
    ]
    for answered in change_members(context.crm, context.fast, differences, most=len(differences)):
        if answered.failed is not None:
            raise answered.failed


def _empty_fields(context: Context, people: Sequence[Person]) -> None:
    """Empty the fields that the bridge writes, and take the customer card away."""
    changes = []
    scored_leads = {*context.mirror.scores.with_figures("leads")}
    for one in people:
        fields = catalogue().fields_of(one.module, "bridge")
        if not fields or (one.module == "Leads" and one.id not in scored_leads):
            continue
        readable, _ = context.crm.module(one.module).readable([field.name for field in fields])
        # SuiteCRM has no third state of a box.
        emptied = {
            field.name: False if field.type == "bool" else None
            for field in fields
            if field.name in readable
        }
        if emptied:
            changes.append(Change(one.module, one.id, emptied, {}))
        is_customer = one.module in ENTITY_MODULES.values()
        if is_customer and context.fast is not None and context.fast.cards.most:
            bridge = context.mirror.identity.bridge
            context.fast.cards.tell(one.module, [], [one.id], bridge)
    for outcome in apply(context.crm, changes, 1, stop=context.stop.is_set):
        if isinstance(outcome.error, RecordNotFound):
            logger.info("%s is not in SuiteCRM any more", outcome.change.module)
        elif outcome.error is not None:
            raise WriteBackError(text("privacy.not_emptied", error=outcome.error))
