"""What DuckDB and Spark write differently where rows of files become canonical."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from suitecrm_bridge.catalogue.bearable import MAX_UNITS

PLAIN_CENTS = 10**11
"""Up to here a double tells hundredths within a thousandth of one."""

_DAY_OF_NANOSECONDS = 86_400_000_000_000


class Dialect(ABC):
    """Expressions of SQL that are not the same on every engine."""

    @abstractmethod
    def days(self, date: str) -> str:
        """Return the days since 1970-01-01 of a date."""

    @abstractmethod
    def days_of_moment(self, moment: str, kind: str) -> str:
        """Return the days since 1970-01-01 of a moment, as its clock shows them."""

    @abstractmethod
    def zoned(self, moment: str, zone: str) -> str:
        """Return what clocks in `zone` show at a moment."""

    @abstractmethod
    def finite(self, number: str) -> str:
        """Return whether a double is neither infinite nor no number."""

    @abstractmethod
    def cents_of_double(self, number: str, of_words: Callable[[str], str]) -> str:
        """Return the hundredths of a finite double; `of_words` makes them of its digits."""


class _DuckDb(Dialect):
    def days(self, date: str) -> str:
        return f"({date} - date '1970-01-01')"

    def days_of_moment(self, moment: str, kind: str) -> str:
        return f"cast(floor(epoch_us({moment}) / 86400000000) as bigint)"

    def zoned(self, moment: str, zone: str) -> str:
        return f"timezone('{zone}', {moment})"

    def finite(self, number: str) -> str:
        return f"isfinite({number})"

    def cents_of_double(self, number: str, of_words: Callable[[str], str]) -> str:
        # Beyond, or near half a cent, only the decimal digits tell which way to round.
        near = f"round_even({number} * 100, 0)"
        return (
            f"case when abs({number} * 100) < {PLAIN_CENTS}"
            f" and abs({number} * 100 - {near}) < 0.499"
            f" then cast({near} as bigint) else {of_words(f'cast({number} as string)')} end"
        )


class _Spark(Dialect):
    def days(self, date: str) -> str:
        return f"cast(unix_date({date}) as bigint)"

    def days_of_moment(self, moment: str, kind: str) -> str:
        if kind == "TIMESTAMP_NS":  # which Spark knows as the number alone
            return f"({moment} - pmod({moment}, {_DAY_OF_NANOSECONDS})) div {_DAY_OF_NANOSECONDS}"
        return self.days(f"cast({moment} as date)")

    def zoned(self, moment: str, zone: str) -> str:
        return f"from_utc_timestamp({moment}, '{zone}')"

    def finite(self, number: str) -> str:
        return f"(not isnan({number}) and abs({number}) < cast('Infinity' as double))"

    def cents_of_double(self, number: str, of_words: Callable[[str], str]) -> str:
        # Java does not always show the fewest digits, so none are looked at: a half is the double
        # that is nearest to a half, and what is above or below it is not.
        cents = f"rint({number} * 100)"
        above, below = (f"cast(2 * {cents} {sign} 1 as double) / 200D" for sign in "+-")
        odd = f"{cents} % 2 <> 0"
        return (
            f"case when abs({number}) > {MAX_UNITS} then {MAX_UNITS * 1000}"
            f" when {number} > {above} or ({number} = {above} and {odd})"
            f" then cast({cents} as bigint) + 1"
            f" when {number} < {below} or ({number} = {below} and {odd})"
            f" then cast({cents} as bigint) - 1 else cast({cents} as bigint) end"
        )


DUCKDB: Dialect = _DuckDb()
SPARK: Dialect = _Spark()
