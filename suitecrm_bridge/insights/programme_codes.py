"""What became of the codes that programmes gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from suitecrm_bridge.analytics.programmes.coupons import LENGTH, code, found_in, is_code
from suitecrm_bridge.catalogue.programmes import Programme
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.money import units
from suitecrm_bridge.tables import Kind, Table, columns

CODES: Mapping[str, Kind] = {
    "programme": "text",
    "given": "count",
    "used": "count",
    "purchases": "count",
    "revenue": "money",
}
_MOST_ATTEMPTS = 9


def give(mirror: Mirror, programmes: Collection[Programme], choices: Choices) -> None:
    """Give a code to everybody who is addressed by a programme with coupons and has none yet.

    A code that stands on their record already was given by a mirror that is lost, and stays theirs.
    """
    by_key = {one.key: one for one in programmes if one.coupon}
    coupons = mirror.programmes.coupons
    for attempt in range(-1, _MOST_ATTEMPTS):
        # Who has a code by the end of an attempt lacks none any more; the others had another's.
        lacking = coupons.lacking(by_key)
        if not lacking:
            return
        if attempt < 0:
            made = _on_records(mirror, by_key, lacking)
        else:
            salts = {key: f"{mirror.identity.codes_secret}/{by_key[key].salt}" for key in by_key}
            made = [
                (code(by_key[key].coupon, salts[key], key, who, attempt), key, who)
                for key, who in lacking
            ]
        coupons.give(made, choices.today)


def _on_records(
    mirror: Mirror, programmes: Mapping[str, Programme], lacking: Sequence[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """Return the codes of programmes that stand on the records of those who lack one."""
    held = mirror.programmes.coupons.on_records()
    return [
        (held[who], key, who)
        for key, who in lacking
        if who in held and is_code(held[who], programmes[key].coupon)
    ]


def used(mirror: Mirror, choices: Choices, keys: Collection[str] = ()) -> Table | None:
    """Return what became of the codes, None where none was given.

    Columns: programme (its key), given (codes), used (of them), purchases (on which one of them
    stands), revenue (of those, in units of the base currency).

    Args:
        mirror: what is known.
        choices: what counts as a purchase.
        keys: the programmes that are asked about; default, all.
    """
    programmes = mirror.programmes.coupons.programmes()
    if keys:
        programmes = {code: key for code, key in programmes.items() if key in keys}
    if not programmes:
        return None
    given = Counter(programmes.values())
    prefixes = {one[: -LENGTH - 1] for one in programmes}
    uses: set[tuple[str, str, str, int]] = set()
    source = choices.source(mirror)
    for purchase, cents, words in mirror.facts.texts(source, prefixes):
        for one in found_in(words, prefixes):
            if one in programmes:
                uses.add((programmes[one], one, purchase, cents))
    rows = []
    for key in sorted(given):
        own = [use for use in uses if use[0] == key]
        purchases = {purchase: cents for _, _, purchase, cents in own}
        revenue = units(sum(purchases.values()))
        rows.append([key, given[key], len({use[1] for use in own}), len(purchases), revenue])
    frame = pd.DataFrame(rows, columns=list(CODES), dtype=object)
    return Table("codes", frame, columns("effects.column_code_", CODES))
