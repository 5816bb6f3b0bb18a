"""What doctor warns of, with the remedies, from its own texts."""

from __future__ import annotations

import re

from suitecrm_bridge.catalogue import Catalogue, Language

HEADS = {
    "en": ("## What doctor warns of", "What you see", "What to do"),
    "fr": ("### Ce que signale doctor", "Ce qui apparaît", "Que faire"),
}
_REMEDY = "_remedy"


def findings(known: Catalogue, lang: Language) -> str:
    """Return a table of the warnings of doctor, in the order of its texts."""
    title, seen, remedy = HEADS[lang]
    messages = known.messages
    rows = [
        f"| {_cell(messages[key.removesuffix(_REMEDY)].other[lang])} | {_cell(words.other[lang])} |"
        for key, words in messages.items()
        if key.startswith("doctor.") and key.endswith(_REMEDY)
    ]
    return "\n".join([title, "", f"| {seen} | {remedy} |", "| --- | --- |", *rows])


def _cell(words: str) -> str:
    return re.sub(r"\{(\w+)\}", r"*\1*", words).replace("|", r"\|").replace("\n", " ")
