"""Tell a record that the package fails at from a package that fails."""

from __future__ import annotations

from suitecrm_bridge.errors import PackageFailed
from suitecrm_bridge.push.outcome import Outcome

MOST = 3
"""Records that the package fails at, one after the other, before the fault is taken for its own."""


class Suspects:
    """Records that the package failed at alone: theirs is the fault where it writes others."""

    def __init__(self) -> None:
        self._wrote: set[str] = set()
        self._held: dict[str, list[Outcome]] = {}

    def wrote(self, module: str) -> list[Outcome]:
        """Note that records of a module were written; return those whose own fault it was."""
        self._wrote.add(module)
        return self._held.pop(module, [])

    def failed(self, outcome: Outcome) -> list[Outcome]:
        """Return what is decided about a record that failed alone.

        Raises:
            PackageFailed: the package fails at all records of the module.
        """
        module = outcome.change.module
        if not isinstance(outcome.error, PackageFailed) or module in self._wrote:
            return [outcome]
        held = self._held.setdefault(module, [])
        held.append(outcome)
        if len(held) == MOST:
            raise outcome.error
        return []

    def end(self) -> None:
        """Raise what the package failed at in a module in which it wrote nothing."""
        for held in self._held.values():
            for outcome in held:
                if outcome.error is not None:
                    raise outcome.error
