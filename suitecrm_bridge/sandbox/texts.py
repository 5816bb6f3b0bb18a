"""Texts on their way out of and into SuiteCRM."""

from __future__ import annotations

import re
from html import unescape

_SPECIAL = re.compile("[\"'<>]")
_ENCODED = str.maketrans({'"': "&quot;", "'": "&#039;", "<": "&lt;", ">": "&gt;"})
_DROPPED = re.compile(r"<(script|style|iframe)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)[^<>]*>")
KEPT_TAGS = re.compile(
    r"a|abbr|b|blockquote|br|code|div|em|h[1-6]|hr|i|img|li|ol|p|pre|s|small|span|strong|su[bp]"
    r"|table|tbody|t[dhr]|thead|u|ul",
    re.IGNORECASE,
)


def encode(text: str) -> str:
    """Encode the four characters that SuiteCRM encodes; `&` is not one of them."""
    return text.translate(_ENCODED) if _SPECIAL.search(text) else text


def clean(text: str) -> str:
    """Return a text as SuiteCRM stores it: entities decoded, unknown and active tags removed."""
    decoded = _DROPPED.sub("", unescape(text))
    return _TAG.sub(lambda tag: tag[0] if KEPT_TAGS.fullmatch(tag[1]) else "", decoded)
