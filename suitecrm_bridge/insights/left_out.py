"""Which records failed, or do not count in any figure, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.mirror import Mirror

if TYPE_CHECKING:
    import pandas as pd

NAMED = 20
"""Records that a report names; the command lists them all."""


def failed(mirror: Mirror, source: str) -> pd.DataFrame:
    """Return the dead letters, and behind them every value that no figure counts.

    Columns out: those of the dead letters; such a value has the direction "score", no attempt and
    no time, for nothing is tried again: it counts as soon as it was mended and read.
    """
    import pandas as pd

    letters = mirror.dead_letters.frame()
    left_out = [
        {
            "direction": "score",
            "module": one.module,
            "record_id": one.record_id,
            "attempts": 0,
            "given_up": False,
            "reason": one.reason(),
        }
        for one in mirror.left_out.all(source)
    ]
    if not left_out:
        return letters
    more = pd.DataFrame(left_out, dtype=object).reindex(columns=letters.columns)
    return pd.concat([letters.astype(object), more], ignore_index=True)


def told(mirror: Mirror, lang: Language) -> list[str]:
    """Return in a language which values figures cannot bear, the first `NAMED`."""
    found = mirror.left_out.unbearable()
    lines = [f"{one.module} {one.record_id} – {one.reason(lang)}" for one in found[:NAMED]]
    if len(found) > NAMED:
        more = number(len(found) - NAMED, lang)
        lines.append(text("jobs.more_unbearable", lang, count=more))
    return lines
