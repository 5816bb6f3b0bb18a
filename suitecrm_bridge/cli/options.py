"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import click

from suitecrm_bridge.catalogue import ENTITY_MODULES, SEGMENT_LIST, catalogue
from suitecrm_bridge.cli.translated import Option
from suitecrm_bridge.i18n import text

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "csv", "json")
_TOO_MUCH = Decimal(10**12)


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.5
    """A day in the form 2026-03-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail with what is expected."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            self.fail(text("cli.not_a_day", value=value), param, ctx)


class Amount(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.5
    """An amount from 0, in units of the base currency."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Return the amount, or fail with what is expected."""
        try:
            found = Decimal(value)
        except InvalidOperation:
            found = Decimal(-1)
        if not (found.is_finite() and 0 <= found < _TOO_MUCH):
            self.fail(text("cli.not_an_amount", value=value), param, ctx)
        return found


class Listed(click.Choice):  # type: ignore[type-arg]  # generic only since click 8.2
    """One of the values of a dropdown, which are known only when the settings have been read."""

    def __init__(self, dropdown: str) -> None:
        self.case_sensitive, self._dropdown = True, dropdown

    @property
    def choices(self) -> tuple[str, ...]:  # type: ignore[override]
        """The keys of the dropdown in use."""
        return tuple(catalogue().dropdowns[self._dropdown])


def as_of(command: F) -> F:
    """Add --as-of."""
    return click.option("--as-of", type=Day(), cls=Option, help="option_as_of")(command)


def as_of_scores(command: F) -> F:
    """Add --as-of, by default the day that was scored last."""
    return click.option("--as-of", type=Day(), cls=Option, help="option_as_of_scores")(command)


def output_format(command: F) -> F:
    """Add --format."""
    return _format(FORMATS)(command)


def format_without_csv(command: F) -> F:
    """Add --format where what is shown is no one table."""
    return _format(("table", "json"))(command)


def _format(choices: Sequence[str]) -> Callable[[F], F]:
    return click.option(
        "--format",
        "form",
        type=click.Choice(choices),
        default="table",
        show_default=True,
        cls=Option,
        help="option_format",
    )


def entity(command: F) -> F:
    """Add --of, contacts or accounts."""
    return click.option(
        "--of",
        "entity",
        type=click.Choice(list(ENTITY_MODULES)),
        default="contacts",
        show_default=True,
        cls=Option,
        help="option_of",
    )(command)


def segment(command: F) -> F:
    """Add --segment."""
    return click.option(
        "--segment",
        type=Listed(SEGMENT_LIST),
        cls=Option,
        help="option_segment",
    )(command)


def action(command: F) -> F:
    """Add --action."""
    return click.option(
        "--action",
        type=Listed("next_action"),
        cls=Option,
        help="option_action",
    )(command)


def pseudonyms(command: F) -> F:
    """Add --pseudonyms, for commands that list people and write nothing."""

    def choose(ctx: click.Context, _: click.Parameter, chosen: bool) -> None:
        if chosen:
            ctx.obj = replace(ctx.obj, pseudonyms=True)

    return click.option(
        "--pseudonyms",
        is_flag=True,
        expose_value=False,
        callback=choose,
        cls=Option,
        help="option_pseudonyms",
    )(command)


def dry_run(command: F) -> F:
    """Add --dry-run."""
    return click.option("--dry-run", is_flag=True, cls=Option, help="option_dry_run")(command)


def take_over(command: F) -> F:
    """Add --take-over."""
    return click.option("--take-over", is_flag=True, cls=Option, help="option_take_over")(command)


def accept(command: F) -> F:
    """Add --accept."""
    return click.option("--accept", is_flag=True, cls=Option, help="option_accept")(command)


def past(command: F) -> F:
    """Add --past."""
    return click.option("--past", is_flag=True, cls=Option, help="option_past")(command)


def full(command: F) -> F:
    """Add --full."""
    return click.option("--full", is_flag=True, cls=Option, help="option_full")(command)
