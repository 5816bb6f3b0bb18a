"""Bad records: purchases that SuiteCRM holds and that no figure can bear."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

from chaos_dress import FORMS, dress
from chaos_world import World

from suitecrm_bridge.sandbox import Store

MODULE = "AOS_Invoices"
AMOUNTS = ("total_amount", "total_amount_usdollar")
DATES = ("0202-06-01", "0001-01-01", "9999-12-31", "1202-06-01", "0020-06-01")
"""Typed wrong, or left by a migration."""
MOST = 5
"""More would be a share of the module, which nobody may believe either."""
SUMS = (9e16, 1e17, -9e16, 5e18)
"""SuiteCRM's decimal(26,6) holds them."""


class BadRecords:
    """Adds copies of invoices with an impossible date or amount, or with words for an amount.

    They come to customers who have bought, too; the figures of all must be as without them.
    """

    def __init__(self, world: World, dice: random.Random) -> None:
        self._world, self._dice = world, dice
        self.ids: set[str] = set()
        self._wordy: set[str] = set()
        world.watch.dresses.append(dress(MODULE, AMOUNTS, FORMS["words"], self._wordy))

    def come(self) -> None:
        """Add one."""
        store = self._world.sandbox.store
        model = self._world.people.pick(MODULE, self._dice)
        if model is None or len(self.ids) >= MOST:
            return
        id_ = str(UUID(int=self._dice.getrandbits(128), version=4))
        kind = self._dice.choice(["date", "date", "sum", "sum", "words"])
        bad: dict[str, Any] = {"id": id_, "status": "Paid"}
        if kind == "date":
            bad["invoice_date"] = self._dice.choice(DATES)
        elif kind == "sum":
            bad |= dict.fromkeys(AMOUNTS, self._dice.choice(SUMS))
        else:
            self._wordy.add(id_)
        stamps = {"date_modified": store.now(), "date_entered": store.now()}
        self.ids.add(id_)
        self._world.people.left_alone.add(id_)
        self._world.people.add(MODULE, model | stamps | bad)
        self._world.result.disturbances["bad record"] += 1

    def there(self) -> set[str]:
        """Return the ids of those that the CRM has, which may have been restored."""
        return self.ids & {row["id"] for row in self._world.sandbox.store.rows(MODULE)}

    def leave(self, store: Store) -> None:
        """Let a copy of the CRM never have had them."""
        for id_ in self.ids:
            store.write("DELETE FROM aos_invoices WHERE id = ?", [(id_,)])
