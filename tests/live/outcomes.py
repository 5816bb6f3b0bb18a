"""Checks that go on after one of them has failed, and what came of each."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

PASSED, FAILED, NOT_RUN = "passed", "failed", "not run"
LONGEST = 400
"""Characters of what is kept of a check's words."""

Check = Callable[[], str]
"""Checks something and says in words what was seen.

Raises:
    NotRun: it cannot be checked here.
    Exception: it is not as it should be.
"""


class NotRun(Exception):
    """A check that cannot be made here; the text says why."""


class Failed(Exception):
    """Something is not as it should be."""


@dataclass(frozen=True)
class Outcome:
    """What came of a check: "passed", "failed" or "not run", and in words why."""

    result: str
    said: str


def outcome(check: Check, tidy: Callable[[str], str] = str) -> Outcome:
    """Run a check and return what came of it, whatever happens."""
    try:
        result, said = PASSED, check()
    except NotRun as reason:
        result, said = NOT_RUN, str(reason)
    except Exception as error:
        traceback.print_exc()
        words = str(error) or "nothing is said"
        ours = isinstance(error, Failed)
        result, said = FAILED, words if ours else f"{type(error).__name__}: {words}"
    said = tidy(said)
    return Outcome(result, said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…")


def run(
    checks: Mapping[str, Check],
    wanted: Iterable[str],
    say: Callable[[str], None],
    tidy: Callable[[str], str] = str,
) -> Iterator[tuple[str, Outcome]]:
    """Yield the outcome of each wanted check, in the order in which the checks stand."""
    chosen = {*wanted}
    for name, check in checks.items():
        if name in chosen:
            say(f"== {name}")
            came = outcome(check, tidy)
            say(f"   {came.result}: {came.said}")
            yield name, came


def named(given: str, known: Iterable[str]) -> list[str]:
    """Return names that are joined by commas.

    Raises:
        ValueError: one of them is not known.
    """
    names = [name.strip() for name in given.split(",") if name.strip()]
    if strangers := {*names} - {*known}:
        raise ValueError(f"no such check: {', '.join(sorted(strangers))}")
    return names
