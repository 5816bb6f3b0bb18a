"""Spells: something is wrong with the CRM or the bridge's machine during a run, and then no more.

None of it may be believed: `chaos_checks` says what a run may do meanwhile, and in the end the
CRM must be as if there had been no spell.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta

from chaos_checks import DONE, PARTIAL, healed, incomplete, refused
from chaos_dress import FORMS, dress
from chaos_world import Run, World

from suitecrm_bridge import errors
from suitecrm_bridge.catalogue import catalogue

PRICED = ("AOS_Invoices", "AOS_Products_Quotes")
"""Modules with purchases enough that nobody takes their failure for that of some records."""
FIGURED = ("AOS_Invoices", "AOS_Products_Quotes", "Opportunities", "Cases", "CampaignLog")
"""Modules that figures are made from, beside the customers themselves."""


class Spell:
    """Something wrong during one run.

    `options` and `ahead` are the run's: of its command line, and by how much its clock is wrong;
    `exits` are codes with which it may end beside those of any run under faults.
    Only a bridge that has succeeded once can know that something is wrong, where `later` says so;
    `calm` ones come without faults.
    """

    later, calm = True, False
    options: tuple[str, ...] = ()
    ahead = timedelta()
    exits: tuple[int, ...] = ()

    def __init__(self, world: World, dice: random.Random) -> None:
        self.world, self.dice = world, dice

    def begin(self) -> None:
        """Let it come."""

    def end(self) -> None:
        """Let it go."""

    def broken(self, run: Run) -> Iterator[str]:
        """Yield the promises that the run under it broke."""
        return refused(run)


class MassFailure(Spell):
    """Every amount of a module comes in a form that is no number's."""

    later = False
    options = ("--full",)

    def begin(self) -> None:
        """Let the amounts be dressed on their way."""
        module, form = self.dice.choice(PRICED), self.dice.choice(sorted(FORMS))
        kinds = catalogue().columns_of(module)
        money = {name for name, kind in kinds.items() if kind == "money"}
        self._dress = dress(module, money, FORMS[form])
        self.world.watch.dresses.append(self._dress)

    def end(self) -> None:
        """Let them come as they are."""
        self.world.watch.dresses.remove(self._dress)


class LostRight(Spell):
    """A role hides most records of a module, which looks as if they were deleted."""

    options = ("--full",)
    SHARE = 0.7

    def begin(self) -> None:
        """Hide them."""
        module = self.dice.choice(["Contacts", "Contacts", "Accounts", "AOS_Invoices"])
        ids = [row["id"] for row in self.world.sandbox.store.rows(module) if not row["deleted"]]
        self.world.sandbox.sight.hide(module, self.dice.sample(ids, round(len(ids) * self.SHARE)))

    def end(self) -> None:
        """Show them."""
        self.world.sandbox.sight.restore()


class Unreadable(Spell):
    """Modules that were readable are refused, some that figures need among them."""

    modules: tuple[str, ...] = ()

    def begin(self) -> None:
        """Refuse them."""
        others = self.dice.sample(sorted(catalogue().modules), self.dice.randrange(3))
        self.modules = (self.dice.choice(FIGURED), *others)
        self.world.sandbox.sight.refuse(*self.modules)

    def end(self) -> None:
        """Let them be read."""
        self.world.sandbox.sight.restore()

    def broken(self, run: Run) -> Iterator[str]:
        """Yield what is not right of a night that is not done."""
        return incomplete(run, self.modules)


class WrongClock(Spell):
    """The clock of the bridge's machine is days or years off, and the day of the scores with it."""

    later = False
    exits = (errors.ConfigurationError.exit_code,)

    def begin(self) -> None:
        """Set it."""
        days = self.dice.choice([1.3, 3, 40, 365, 3_650, 27 * 365])
        self.ahead = timedelta(days=days * self.dice.choice([-1, 1]))


class Restored(Spell):
    """The database is put back to what it was some runs ago, people's work and our scores too."""

    calm = True

    def begin(self) -> None:
        """Put it back."""
        self.world.put_back(self.dice)

    def broken(self, run: Run) -> Iterator[str]:
        """Yield what is not healed by the run that met it, which the stock API cannot know of."""
        if self.world.fast:
            passed = run.code in (DONE, PARTIAL)
            return healed(run, self.world.run("--full") if passed else run)
        return iter(())


KINDS: dict[str, Callable[[World, random.Random], Spell]] = {
    "mass failure": MassFailure,
    "lost right": LostRight,
    "unreadable": Unreadable,
    "wrong clock": WrongClock,
    "restored": Restored,
}
