"""The path of complaints as ISO 10002 draws it, as far as SuiteCRM's data show it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.complaints.calendar import EARLIEST
from suitecrm_bridge.analytics.complaints.intervals import numbers, ratio
from suitecrm_bridge.analytics.days import to_day
from suitecrm_bridge.analytics.engine import SqlEngine
from suitecrm_bridge.catalogue import STEPS, ComplaintRules, Language, complaint_rules
from suitecrm_bridge.i18n import number, text

_WITHOUT_STATUS = ("received", "answered", "closed")
"""Steps that are known without a status: from the case itself, its answers and its closing."""

_COUNTS = ["reached", "timed", "lasted"]


def process(engine: SqlEngine, *, since: date = EARLIEST, until: date = date.max) -> pd.DataFrame:
    """Return how far complaints get and how long each step takes, after `timeline.prepare`.

    Only complaints made from `since` to `until` count, with all that has become of them.

    Columns out, a row for each of the catalogue's `STEPS`, in their order: step; number
    (complaints); reached, share (of all); timed (of those: known when); lasted (of those: with an
    earlier step), median and p90 (business minutes from the step before, in the order of time;
    missing where none).

    Reference:
        ISO 10002:2018, Guidelines for complaints handling in organizations, clause 7.
    """
    engine.values("process_period", {"since_day": to_day(since), "until_day": to_day(until)})
    found = engine.fetch("process_steps").set_index("step").reindex(range(len(STEPS)))
    found[_COUNTS] = found[_COUNTS].fillna(0).astype("int64")
    # Every complaint was received.
    shown = found.assign(step=list(STEPS), number=found["reached"].iloc[0])
    shown["share"] = ratio(numbers(shown["reached"]), numbers(shown["number"]))
    return shown[["step", "number", "reached", "share", "timed", "lasted", "median", "p90"]]


def missing(
    engine: SqlEngine,
    steps: pd.DataFrame,
    lang: Language | None = None,
    rules: ComplaintRules | None = None,
) -> list[str]:
    """Return in sentences what the data do not tell about the path.

    Args:
        engine: the one of `process`.
        steps: what `process` has just returned.
        lang: default, the language in use.
        rules: which status stands for which step; default, the catalogue's.
    """
    path = (rules or complaint_rules()).path
    words = []
    for step, late in zip(STEPS, steps["reached"] - steps["timed"], strict=True):
        label, untimed = text(f"complaints.step_{step}", lang), int(late)
        if step not in _WITHOUT_STATUS and not path[step]:
            words.append(text("complaints.no_status", lang, step=label))
        if untimed:
            shown = number(untimed, lang)
            words.append(text("complaints.no_times", lang, step=label, count=untimed, shown=shown))
    return [*words, *_weak_bases(engine, lang)]


def _weak_bases(engine: SqlEngine, lang: Language | None) -> list[str]:
    bases = engine.fetch("resolution_bases")
    counts = {str(basis): int(n) for basis, n in bases.itertuples(index=False, name=None)}
    return [
        text(
            f"complaints.basis_{basis}",
            lang,
            count=counts[basis],
            shown=number(counts[basis], lang),
        )
        for basis in ("observed", "modified")
        if counts.get(basis)
    ]
