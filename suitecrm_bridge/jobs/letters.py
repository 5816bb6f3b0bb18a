"""Letters of programmes: a file for the printer of each wave, in which everybody stands once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.delivery_files import hand_out
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.mirror.programmes.deliveries import Delivery
from suitecrm_bridge.mirror.programmes.people import Person, details

FOLDER, CHANNEL = "letters", "letter"
_TITLES = {
    "Mr.": "mr",
    "Ms.": "ms",
    "Mrs.": "ms",
    "Miss": "ms",
    "M.": "mr",
    "Mme": "ms",
    "Mlle": "ms",
    "Dr.": "dr",
    "Prof.": "prof",
}
"""Salutations as SuiteCRM and French installations keep them, with what a letter begins with."""


def write(context: Context, summary: Summary) -> None:
    """Write the letters that are queued, each into one file only.

    Raises:
        StoreError: a file cannot be written.
    """
    lang = context.written_lang

    def written(file: Path, batch: Sequence[Delivery]) -> None:
        from suitecrm_bridge.report import letters
        from suitecrm_bridge.report.rendering import write_file

        ids = {one.person for one in batch}
        people = details(context.mirror.connection, ids, lang)
        codes = context.mirror.programmes.coupons.of(ids)
        rows = [
            _row(one, people[one.person], lang, codes.get((one.programme, one.person), ""))
            for one in batch
            if one.person in people
        ]
        write_file(file, lambda opened: letters.write(rows, lang, opened), lang, private=True)

    folder = context.settings.home / FOLDER
    count = hand_out(context, lambda: due(context), folder, "csv", written)
    if count:
        summary.deliveries[CHANNEL] = count


def due(context: Context) -> list[Delivery]:
    """Return the letters that are queued, but for those whose address is not complete any more."""
    pending = context.mirror.programmes.deliveries.pending([CHANNEL])
    if not pending:
        return []
    from suitecrm_bridge.insights.programmes import waits

    known = context.rules.programmes
    kinds = {known[one.programme].of for one in pending if one.programme in known}
    waiting = {id for of in kinds for id in waits(context.mirror, of, context.today(), CHANNEL)}
    return [one for one in pending if one.person not in waiting]


def _row(delivery: Delivery, person: Person, lang: Language, code: str) -> dict[str, str]:
    return {
        "name": person.name,
        "street": person.street,
        "postcode": person.postcode,
        "city": person.city,
        "country": person.country,
        "salutation": _salutation(person, lang),
        "offer": delivery.product,
        "code": code,
        "reference": person.id,
    }


def _salutation(person: Person, lang: Language) -> str:
    if person.module == "Accounts":
        return text("programmes.dear_all", lang)
    title = _TITLES.get(person.salutation)
    if title is None or not person.last_name:
        return text("programmes.dear", lang, name=person.name)
    return text(f"programmes.dear_{title}", lang, name=person.last_name)
