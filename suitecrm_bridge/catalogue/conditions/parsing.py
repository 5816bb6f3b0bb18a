"""The words of a condition turned into a tree; each value is checked against its figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import cast

from suitecrm_bridge.catalogue.conditions.meaning import (
    DATES,
    NUMBERS,
    TEXTS,
    UNITS,
    WHAT,
    guessed,
    known_word,
    narrowed,
    unknown,
)
from suitecrm_bridge.catalogue.conditions.names import Names
from suitecrm_bridge.catalogue.conditions.tokens import Problem, Token, nearest, tokens
from suitecrm_bridge.catalogue.conditions.tree import (
    ASKED,
    Both,
    Compared,
    Condition,
    Containing,
    Either,
    Empty,
    Figure,
    Having,
    Moment,
    Never,
    OneOf,
    Operator,
    Value,
)

_MOST_AWAY = 36_500
_MOST_DEEP = 50


def parse(words: str, known: Names) -> Condition:
    """Return the condition that the words say.

    Raises:
        Problem: they say none; the message says where, what is wrong and what would be right.
    """
    reader = _Reader(words, known)
    found = reader.either(known)
    if reader.token.kind != "end":
        raise reader.wrong(
            "it goes on where it should end; between two conditions stands and or or"
        )
    return found


class _Reader:
    """Reads one condition, word by word."""

    def __init__(self, words: str, known: Names) -> None:
        self._tokens = tokens(words)
        self._deep = 0
        self._ahead: Token | None = None
        self.token = next(self._tokens)
        if self.token.kind == "end":
            raise Problem(f"it is empty; it needs a condition on {known.whose}")

    def wrong(self, problem: str) -> Problem:
        """Return a complaint about the word that comes next."""
        shown = repr(self.token.value) if self.token.kind != "end" else "the end"
        return Problem(f"at {shown} (character {self.token.place}): {problem}")

    def either(self, known: Names) -> Condition:
        """Read conditions that are joined by "or"."""
        return self._joined(known, "or", self._both, Either)

    def _both(self, known: Names) -> Condition:
        return self._joined(known, "and", self._never, Both)

    def _joined(
        self,
        known: Names,
        word: str,
        read: Callable[[Names], Condition],
        made: type[Either] | type[Both],
    ) -> Condition:
        parts = [read(known)]
        while self._takes(word):
            parts.append(read(known))
        return parts[0] if len(parts) == 1 else made(tuple(parts))

    def _never(self, known: Names) -> Condition:
        self._deep += 1
        if self._deep > _MOST_DEEP:
            raise self.wrong("there are too many brackets and nots within each other")
        try:
            if self._takes("not"):
                return Never(self._never(known))
            if self._takes("("):
                found = self.either(known)
                self._needs(")")
                return found
            return self._having(known) if self._takes("has") else self._asked(known)
        finally:
            self._deep -= 1

    def _having(self, known: Names) -> Condition:
        token = self._next("name", "the name of a module")
        module = next((m for m in known.modules if m.lower() == token.value.lower()), None)
        if module is None:
            raise Problem(
                f"has {token.value}: {known.whose} has no records of such a module"
                f"{nearest(token.value, known.modules)}"
            )
        if not self._takes("where"):
            return Having(module)
        self._needs("(")
        part = self.either(known.modules[module])
        self._needs(")")
        return Having(module, part)

    def _asked(self, known: Names) -> Condition:
        token = self._next("name", f"a figure or a column of {known.whose}")
        figure = known.find(token.value)
        if figure is None:
            raise Problem(unknown(token.value, known))
        if figure.kind in ("bool", ASKED) and self._ends():
            return Compared(narrowed(figure, True), "=", True)
        if self._takes("is"):
            return self._is(figure)
        negated = self._takes("not")
        found = self._compared(figure, negated=negated)
        return Never(found) if negated else found

    def _ends(self) -> bool:
        """Return whether nothing more is said of a figure; yes is meant then."""
        return self.token.kind == "end" or self.token.value.lower() in ("and", "or", ")")

    def _is(self, figure: Figure) -> Condition:
        negated, figure = self._takes("not"), narrowed(figure, "")
        if not self._takes("empty"):
            raise self.wrong("after is stands empty or not empty")
        return Never(Empty(figure)) if negated else Empty(figure)

    def _compared(self, figure: Figure, *, negated: bool) -> Condition:
        if self._takes("in"):
            return self._within(figure) if self._takes("the") else self._one_of(figure)
        if self._takes("contains"):
            return Containing(narrowed(figure, ""), self._text(figure))
        if self._takes("starts"):
            self._needs("with")
            return Containing(narrowed(figure, ""), self._text(figure), at_start=True)
        if negated:
            raise self.wrong("after not stands in, contains or starts with")
        return self._against(figure)

    def _against(self, figure: Figure) -> Condition:
        if self._takes("between"):
            lower = self._value(figure, ordered=True)
            self._needs("and")
            figure = narrowed(figure, lower)
            upper = self._value(figure, ordered=True)
            return Both((Compared(figure, ">=", lower), Compared(figure, "<=", upper)))
        for word, operator in (("before", "<"), ("after", ">"), ("on", "=")):
            if self._takes(word):
                figure = narrowed(figure, Moment())
                if figure.kind not in DATES:
                    raise Problem(f"{figure.name} is no day; {word} is for days")
                return Compared(figure, cast(Operator, operator), self._value(figure))
        token = self._next(
            "sign", "=, !=, <, <=, >, >=, in, between, before, after, is or contains"
        )
        if token.value in ("!=", "<>"):
            value = self._value(figure)
            return Never(Compared(narrowed(figure, value), "=", value))
        if token.value not in ("=", "<", "<=", ">", ">="):
            raise Problem(f"after {figure.name} stands no {token.value}")
        value = self._value(figure, ordered=token.value != "=")
        return Compared(narrowed(figure, value), cast(Operator, token.value), value)

    def _within(self, figure: Figure) -> Condition:
        figure = narrowed(figure, Moment())
        if figure.kind not in DATES:
            raise Problem(f"{figure.name} is no day; in the last is for days")
        if not (past := self._takes("last")) and not self._takes("next"):
            raise self.wrong("after in the stands last or next")
        away, today = self._away(-1 if past else 1), Moment()
        if past:
            return Both((Compared(figure, ">", away), Compared(figure, "<=", today)))
        return Both((Compared(figure, ">=", today), Compared(figure, "<=", away)))

    def _one_of(self, figure: Figure) -> Condition:
        self._needs("[")
        values = [self._value(figure)]
        figure = narrowed(figure, values[0])
        while self._takes(","):
            if self.token.value == "]" and self.token.kind == "sign":
                break
            values.append(self._value(figure))
        self._needs("]")
        return OneOf(figure, tuple(values))

    def _text(self, figure: Figure) -> str:
        if figure.kind not in (*TEXTS, ASKED):
            raise Problem(f"{figure.name} is no text")
        text = self._next("text", "a text between quotes").value
        if not text:
            raise Problem(f"{figure.name}: every text contains an empty one; is not empty is meant")
        return text

    def _value(self, figure: Figure, *, ordered: bool = False) -> Value:
        if figure.kind == ASKED:
            figure = guessed(figure, self.token, self._peek)
        if ordered and figure.kind not in (*NUMBERS, *DATES):
            raise Problem(f"{figure.name} is neither a number nor a day: it has no more or less")
        if figure.kind in DATES:
            return self._day(figure)
        token = self.token
        if figure.kind in NUMBERS and token.kind == "number":
            self._advance()
            return Decimal(token.value)
        if figure.kind == "bool" and token.value.lower() in ("true", "false", "yes", "no"):
            self._advance()
            return token.value.lower() in ("true", "yes")
        if figure.kind in TEXTS and token.kind == "text":
            self._advance()
            return known_word(figure, token.value)
        raise self.wrong(f"{figure.name} is compared with {WHAT[figure.kind]}")

    def _day(self, figure: Figure) -> Value:
        token = self.token
        if self._takes("today"):
            return Moment()
        if self._takes("yesterday"):
            return Moment(days=-1)
        if token.kind in ("day", "text"):
            self._advance()
            try:
                return date.fromisoformat(token.value)
            except ValueError:
                raise Problem(
                    f"{figure.name}: {token.value!r} is no day; one is 2026-03-31"
                ) from None
        if token.kind != "number":
            raise self.wrong(f"{figure.name} is compared with {WHAT[figure.kind]}")
        found = self._away(1)
        if self._takes("ago"):
            return Moment(-found.days, -found.months)
        if self._takes("from"):
            self._needs("now")
            return found
        raise self.wrong("after a number of days stands ago or from now")

    def _away(self, sign: int) -> Moment:
        token = self._next("number", "how many days, weeks, months or years")
        if not token.value.isdigit():
            raise Problem(f"{token.value} is no whole number of days")
        unit = self._next("name", "days, weeks, months or years").value.lower()
        days, months = UNITS.get(unit.removesuffix("s"), (0, 0))
        if not days and not months:
            raise Problem(f"{unit!r} is no unit{nearest(unit, [f'{u}s' for u in UNITS])}")
        count = sign * int(token.value)
        if abs(count) * (days + 30 * months) > _MOST_AWAY:
            raise Problem(f"{token.value} {unit} is more than a hundred years")
        return Moment(count * days, count * months)

    def _takes(self, word: str) -> bool:
        """Go past a word where it comes next."""
        token = self.token
        if token.kind not in ("name", "sign") or token.value.lower() != word:
            return False
        self._advance()
        return True

    def _needs(self, word: str) -> None:
        if not self._takes(word):
            raise self.wrong(f"here stands {word}")

    def _next(self, kind: str, what: str) -> Token:
        token = self.token
        if token.kind != kind:
            raise self.wrong(f"here stands {what}")
        self._advance()
        return token

    def _advance(self) -> None:
        self.token = self._ahead or next(self._tokens)
        self._ahead = None

    def _peek(self) -> Token:
        """Return the word after the next one."""
        self._ahead = self._ahead or next(self._tokens)
        return self._ahead
