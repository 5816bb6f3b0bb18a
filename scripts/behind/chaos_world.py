"""One CRM with its people and its bridge, as disturbances find it; and what a run did there."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chaos_bridge import Bridge, Clock, Result
from chaos_people import People
from chaos_watch import Watch, Write

from suitecrm_bridge.sandbox import Sandbox, SandboxServer

if TYPE_CHECKING:
    from chaos_marketing import Marketing


def dice(what: str, seed: int) -> random.Random:
    """Return dice for one thing alone, which fall alike whenever the seed is played."""
    return random.Random(f"{what} {seed}")


@dataclass(frozen=True)
class Run:
    """What a run did: its exit code, whether it was killed or stopped, and what it wrote.

    Under `calm` no fault, no stroke and nobody's edit came in between.
    """

    code: int
    writes: tuple[Write, ...] = field(default=(), repr=False)
    fallen: bool = False
    calm: bool = False


@dataclass
class World:
    """Everything that there is in a seed."""

    result: Result
    sandbox: Sandbox
    server: SandboxServer
    people: People
    watch: Watch
    clock: Clock
    bridge: Bridge
    kept: list[tuple[Any, Any]] = field(default_factory=list)
    marketing: Marketing | None = None

    @property
    def fast(self) -> bool:
        """Whether the bridge goes over the fast routes."""
        return self.result.path == "fast"

    def befalls(self, kind: str, dice: random.Random, chance: float) -> bool:
        """Whether a disturbance comes in this seed; one that was asked for always does."""
        drawn = dice.random() < chance
        return kind in self.result.only if self.result.only else drawn

    def dice(self, what: str) -> random.Random:
        """Return dice for one thing alone."""
        return dice(what, self.result.seed)

    def run(
        self,
        *options: str,
        before: Sequence[str] = (),
        ahead: timedelta = timedelta(),
        **settings: str,
    ) -> Run:
        """Sync, and tell what that did."""
        self.watch.log.clear()
        code = self.bridge.sync(*options, before=before, ahead=ahead, **settings)
        if self.marketing:
            self.marketing.check(code)
        return Run(code, tuple(self.watch.log))

    def people_work(self, chance: float) -> None:
        """Let people with forms open do something now and then; without chance, wait for them."""
        if office := self.watch.office:
            office.chance = chance
            if not chance:
                office.rest()

    def keep(self) -> None:
        """Make a backup."""
        self.kept.append((self.sandbox.keep(), self.people.keep()))

    def put_back(self, dice: random.Random) -> None:
        """Let the CRM be what it was at one of the backups."""
        database, typed = dice.choice(self.kept)
        if self.watch.office:
            self.watch.office.close()
        self.sandbox.restore(database)
        self.people.put_back(typed)
        # What had been answered is gone.
        self.watch.forgive()
