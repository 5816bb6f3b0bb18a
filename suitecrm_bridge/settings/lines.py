r"""The lines of a settings file: a name, =, and a value that is read as it is typed.

Lines are read as python-dotenv reads them, but for a backslash in quotes: it is a backslash, as in
C:\Users\new, unless it stands before a quote of the kind that the value stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from dotenv import dotenv_values

_ENDS = re.compile(r"\r\n|[\r\n]")
_LINE = re.compile(r"[ \t]*(?:export[ \t]+)?([^=#\s][^=#\s]*)[ \t]*(=?)(.*)")
_QUOTES = ("'", '"')


class Unreadable(ValueError):
    """A value may mean two things, or ends nowhere; the message names the text that says so."""


@dataclass(frozen=True)
class Line:
    """A line as it stands in the file; comments and empty ones have no name."""

    text: str
    name: str = ""
    value: str | None = None
    fault: str = ""
    """The message that says why the value cannot be read; empty where it can."""


def lines(content: str) -> Iterator[Line]:
    """Yield the lines of a settings file."""
    for text in _ENDS.split(content):
        found = _LINE.fullmatch(text)
        if found is None:
            yield Line(text)
        elif not found[2]:
            yield Line(text, found[1])
        else:
            try:
                yield Line(text, found[1], _value(text, found[3].strip(" \t")))
            except Unreadable as fault:
                yield Line(text, found[1], "", str(fault))


def line_of(name: str, value: str) -> str | None:
    """Return the line that is read back as this name and value, None where there is none."""
    escaped = [f"{q}{value.replace(q, chr(92) + q)}{q}" for q in _QUOTES]
    for written in (value, f"'{value}'", f'"{value}"', *escaped):
        line = f"{name}={written}"
        (first, *others) = lines(line)
        if not others and not first.fault and (first.name, first.value) == (name, value):
            return line
    return None


def _value(line: str, typed: str) -> str:
    """Return the value that stands behind an equals sign."""
    quoted = typed[:1] in _QUOTES
    if not (quoted and "\\" in typed):
        (value,) = dotenv_values(stream=StringIO(line), interpolate=False).values() or [None]
        if value is not None:
            return value
    return _unquoted(typed[0], typed[1:]) if quoted else typed


def _unquoted(quote: str, rest: str) -> str:
    """Return what stands before the closing quote, which ends the value."""
    ends = [m for m in re.finditer(rf"(\\?){quote}(?=[ \t]*$|[ \t]+#)", rest)]
    if not ends:
        raise Unreadable("settings.line_without_quote")
    # A folder may end in a backslash, so that one counts as escaped only if another closes.
    end = next((m for m in ends if not m[1]), ends[-1])
    value = rest[: end.end() - 1]
    # C:\\Users in double quotes may be typed so, or escaped; \\server can only be typed so.
    if quote == '"' and "\\\\" in value[2:]:
        raise Unreadable("settings.line_with_two_meanings")
    return value.replace(f"\\{quote}", quote)
