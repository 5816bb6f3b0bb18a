"""What is told of the time that complaints waited for their customers."""

from __future__ import annotations

import pandas as pd

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.i18n import number, text

_HOUR = 60


def told(figures: pd.DataFrame, lang: Language | None = None) -> list[str]:
    """Return in sentences what the times of complaints leave out, and of which it is not known.

    Args:
        figures: what `figures.crossing` returns; each complaint stands in one of its cells.
        lang: default, the language in use.
    """
    waited, minutes, unknown = (
        int(figures[name].sum()) for name in ("waited", "waited_minutes", "waiting_unknown")
    )
    words = []
    if waited:
        hours = number(max(1, round(minutes / _HOUR)), lang)
        shown = number(waited, lang)
        words.append(text("complaints.waited", lang, count=waited, shown=shown, hours=hours))
    if unknown:
        shown = number(unknown, lang)
        words.append(text("complaints.waiting_unknown", lang, count=unknown, shown=shown))
    return words
