"""Click's own words, such as “Usage” and its errors, in the language in use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from click import core, decorators, exceptions, formatting, parser, termui, types

from suitecrm_bridge.catalogue.languages import Language
from suitecrm_bridge.catalogue.messages import shipped_messages
from suitecrm_bridge.i18n import current_language

FILES = (core, decorators, exceptions, formatting, parser, termui, types)
"""What of click speaks to people; each file asks for its words by the name `_` or `ngettext`."""


def translate() -> None:
    """Let click look its words up here, whenever it says something."""
    for file in FILES:
        for name, said in (("_", in_use), ("ngettext", _of_number)):
            if hasattr(file, name):
                setattr(file, name, said)


def in_use(words: str) -> str:
    """Return words of click's in the language in use; unknown ones stay as they are."""
    return _words(current_language()).get(words, words)


def _of_number(one: str, more: str, count: int) -> str:
    return in_use(one if count == 1 else more)


@cache
def _words(lang: Language) -> Mapping[str, str]:
    known = [message.other for message in shipped_messages().of("click").values()]
    return {words["en"]: words[lang] for words in known}
