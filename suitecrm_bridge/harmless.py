"""Text from elsewhere, made harmless for whoever sees it.

A name typed into a CRM may hold anything: sequences that repaint a terminal, marks that turn the
order of a line around, line ends that forge a line of a log, halves of characters that no file
can hold, formulas that a spreadsheet would calculate. Each way out passes the text through here.
"""

from __future__ import annotations

import re

INSTEAD = "\ufffd"
"""Stands in the place of a character that may not be shown."""
NOTHING = "\x00"

_LINE_ENDS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_DIRECTIONS = "\u2028-\u202e\u2066-\u2069"
_ANNOTATIONS = "\ufff9-\ufffb"
_HALVES = "\ud800-\udfff"
# Unicode promises that these never become characters; XML forbids two of them.
_NEVER = "\ufdd0-\ufdef" + "".join(
    chr(plane * 0x10000 + place) for plane in range(17) for place in (0xFFFE, 0xFFFF)
)
_HARMFUL = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_ANNOTATIONS}{_HALVES}{_NEVER}]")
_ENDS = re.compile(f"\r\n|[{_LINE_ENDS}]")

_UNSEEN = "\\s\x00-\x20\u200b-\u200f\u2060\ufeff"
_FORMULA = re.compile(f"[{_UNSEEN}]*[=+\\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"-\d+(?:[.,]\d+)?", re.ASCII)


def harmless(text: str) -> str:
    """Return a text that may be shown anywhere: lines and tabs stay, what could do harm does not.

    Line ends of every kind become line feeds.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HARMFUL.sub(INSTEAD, _ENDS.sub("\n", text.replace(NOTHING, "")))


def in_line(text: str) -> str:
    """Return a harmless text in one line: line ends and tabs become spaces."""
    if text.isascii() and text.isprintable():
        return text
    return _HARMFUL.sub(INSTEAD, _ENDS.sub(" ", text.replace(NOTHING, "")).replace("\t", " "))


def in_json(dumped: str) -> str:
    """Return JSON in which everything that could do harm is escaped; what it says is the same.

    Args:
        dumped: JSON text, which has such characters nowhere but in its strings.
    """
    return _HARMFUL.sub(_escaped, dumped)


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet could take `text` for a formula and calculate it.

    A negative number is none: it stands for itself.
    """
    return _FORMULA.match(text) is not None and not _NUMBER.fullmatch(text)


def in_csv(text: str) -> str:
    """Return a harmless text for a cell of CSV: an apostrophe keeps a formula from being one."""
    guarded = f"'{text}" if is_formula(text) else text
    return harmless(guarded)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
