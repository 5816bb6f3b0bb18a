"""Sentences made from figures, each with its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.i18n import money, text
from suitecrm_bridge.money import cents
from suitecrm_bridge.tables.shown import shown
from suitecrm_bridge.tables.table import Kind

Topic = Literal["left", "call", "moved", "alarm", "programme"]


@dataclass(frozen=True)
class Sentence:
    """A sentence: a message, and what fills it in.

    Args:
        topic: what it is about; also which list it belongs to.
        key: of the message.
        values: by placeholder the value and what it is.
        count: what decides between one and several; None where nothing does.
        chosen: which part of the list it speaks of, such as an action; "" for the whole.
        main: the figure that stands for it where there is room for one; "" for none.
    """

    topic: Topic
    key: str
    values: Mapping[str, tuple[Any, Kind]] = field(default_factory=dict)
    count: int | None = None
    chosen: str = ""
    main: str = ""

    def said(self, lang: Language) -> str:
        """Return it in a language."""
        told = {name: _told(*value, lang) for name, value in self.values.items()}
        counted = {} if self.count is None else {"count": self.count}
        return text(self.key, lang, **told, **counted)

    def figure(self, lang: Language) -> str:
        """Return the figure that stands for it, "" where it has none."""
        if not self.main:
            return ""
        return _told(*self.values[self.main], lang)


def _told(value: Any, kind: Kind, lang: Language) -> str:
    return money(cents(value), lang) if kind == "money" else shown(value, kind, lang)
