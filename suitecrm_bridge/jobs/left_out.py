"""Which records failed, or do not count in any figure, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.jobs.choices import purchases_source
from suitecrm_bridge.jobs.context import Context

if TYPE_CHECKING:
    import pandas as pd

NAMED = 20
"""Records that a report names; the command lists them all."""


def failed(context: Context) -> pd.DataFrame:
    """Return the dead letters, and behind them every value that no figure counts.

    Columns out: those of the dead letters; such a value has the direction "score", no attempt and
    no time, for nothing is tried again: it counts as soon as it was mended and read.
    """
    import pandas as pd

    letters = context.mirror.dead_letters.frame()
    left_out = [
        {
            "direction": "score",
            "module": one.module,
            "record_id": one.record_id,
            "attempts": 0,
            "given_up": False,
            "reason": one.reason(),
        }
        for one in context.mirror.left_out.all(purchases_source(context))
    ]
    if not left_out:
        return letters
    more = pd.DataFrame(left_out, dtype=object).reindex(columns=letters.columns)
    return pd.concat([letters.astype(object), more], ignore_index=True)


def told(context: Context) -> list[str]:
    """Return in the report's language which values figures cannot bear, the first `NAMED`."""
    found, lang = context.mirror.left_out.unbearable(), context.lang
    lines = [f"{one.module} {one.record_id} – {one.reason(lang)}" for one in found[:NAMED]]
    if len(found) > NAMED:
        more = number(len(found) - NAMED, lang)
        lines.append(text("jobs.more_unbearable", lang, count=more))
    return lines
