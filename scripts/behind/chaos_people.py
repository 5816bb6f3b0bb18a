"""People who go on working in the CRM: they create, change and delete records."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.sandbox import Store

Row = dict[str, Any]

STAMPS = {"date_modified", "modified_user_id"}
"""Columns that every save changes, the bridge's too."""
LINKED = {"account_id"}
"""Columns that change with another record."""
COMPUTED = STAMPS | LINKED | {"id", "deleted", "date_entered", "created_by"}
"""Columns that no form holds."""


class People:
    """Makes edits and knows what everybody has typed so far.

    `tasks` are the bridge's, records in `left_alone` nobody touches, `saves` counts by record.

    Args:
        store: the CRM's database.
        dice: decides who does what.
        day: of the last invoices.
    """

    def __init__(self, store: Store, dice: random.Random, day: date) -> None:
        self._store, self._dice, self._day = store, dice, day
        self.edits = 0
        self.touched = ""
        self.saves: Counter[str] = Counter()
        self.left_alone: set[str] = set()
        self.tasks: set[str] = set()
        self._typed = {
            module: {row["id"]: self._foreign(module, row) for row in store.rows(module)}
            for module in catalogue().modules
        }
        self._actions = [
            *[self._rename_contact] * 3,
            self._create_contact,
            self._delete_contact,
            *[self._create_invoice] * 3,
            *[self._change_invoice] * 2,
            self._delete_invoice,
            *[self._create_case] * 2,
            self._change_case,
            self._delete_case,
            self._change_account,
            self._delete_account,
            self._scribble,
        ]

    def edit(self) -> str:
        """Do one thing, and return the record that it changed, if any."""
        self.touched = ""
        self._dice.choice(self._actions)()
        self.edits += 1
        return self.touched

    def keep(self) -> Any:
        """Return what was typed so far, for `put_back`."""
        return deepcopy((self._typed, self.tasks))

    def put_back(self, kept: Any) -> None:
        """Let nothing have been typed but what was kept; the CRM's database was restored."""
        self._typed, self.tasks = deepcopy(kept)

    def pick(self, module: str, dice: random.Random | None = None) -> Row | None:
        """Return a record that is not deleted, None where there is none."""
        rows = [
            row
            for row in self._store.rows(module)
            if not row["deleted"] and row["id"] not in self.left_alone
        ]
        return (dice or self._dice).choice(rows) if rows else None

    def row(self, module: str, id_: str) -> Row | None:
        """Return a record, deleted or not, None where it is not there."""
        return next((row for row in self._store.rows(module) if row["id"] == id_), None)

    def save(self, module: str, id_: str, values: Row) -> None:
        """Write columns of a record as a person, who is answered that they are saved."""
        with self._store.transaction():
            self._store.update(module, id_, values)
            self.note(module, id_, values)

    def note(self, module: str, id_: str, values: Row) -> None:
        """Note what somebody typed and was answered to be saved."""
        self._typed[module][id_] |= self._foreign(module, values)
        self.saves[id_] += 1

    def overwritten(self) -> Iterator[str]:
        """Yield what the CRM no longer holds as people typed it."""
        for module, typed in self._typed.items():
            for row in self._store.rows(module):
                found = self._foreign(module, row)
                wanted = typed.get(row["id"])
                if wanted is None and row["id"] not in self.tasks:
                    yield f"{module} {row['id']} was created by nobody"
                elif wanted is not None and found != wanted:
                    names = sorted(n for n in found if found[n] != wanted.get(n))
                    yield f"{module} {row['id']}: {', '.join(names)}"

    def _foreign(self, module: str, row: Row) -> Row:
        own = {field.name for field in catalogue().fields_of(module, "bridge")}
        left_out = own | STAMPS | LINKED | {"deleted"}
        return {name: value for name, value in row.items() if name not in left_out}

    def _change(self, module: str, values: Row) -> None:
        row = self.pick(module)
        if row:
            self.save(module, row["id"], values)
            self.touched = row["id"]

    def _delete(self, module: str) -> None:
        # Whoever deletes more than a few at once is stopped by the brake, which is not meant here.
        if self._store.count(module) > 10:
            self._change(module, {"deleted": 1})

    def _copy(self, module: str, values: Row) -> str | None:
        model = self.pick(module)
        if model is None:
            return None
        id_ = str(UUID(int=self._dice.getrandbits(128), version=4))
        own = {field.name for field in catalogue().fields_of(module, "bridge")}
        kept = {n: v for n, v in model.items() if n not in own | STAMPS | {"date_entered"}}
        self.add(module, kept | values | {"id": id_})
        return id_

    def add(self, module: str, row: Row) -> None:
        """Create a record as a person."""
        self._store.load(module, [row])
        self._typed[module][row["id"]] = self._foreign(module, self._store.row(module, row["id"]))

    def name(self, dice: random.Random | None = None) -> str:
        """Return a name that somebody may type."""
        dice = dice or self._dice
        name = dice.choice(["Đặng", "O'Brien & Fils", "Müller", "Lefèvre", "<Ng>"])
        return f"{name}{dice.randrange(1000)}"

    def _rename_contact(self) -> None:
        self._change("Contacts", {"last_name": self.name(), "wallet_estimate_c": self._amount()})

    def _create_contact(self) -> None:
        self._copy("Contacts", {"last_name": self.name()})

    def _delete_contact(self) -> None:
        self._delete("Contacts")

    def _change_account(self) -> None:
        self._change("Accounts", {"name": self.name()})

    def _delete_account(self) -> None:
        self._delete("Accounts")

    def _create_invoice(self) -> None:
        contact, total = self.pick("Contacts"), self._amount()
        if contact:
            day = self._day - timedelta(days=self._dice.randrange(400))
            self._copy(
                "AOS_Invoices",
                {
                    "billing_contact_id": contact["id"],
                    "billing_account_id": contact["account_id"],
                    "total_amount": total,
                    "total_amount_usdollar": total,
                    "invoice_date": str(day),
                },
            )

    def _change_invoice(self) -> None:
        status = self._dice.choice(["Paid", "Unpaid", "Cancelled"])
        total = self._amount()
        amounts = {"total_amount": total, "total_amount_usdollar": total}
        self._change("AOS_Invoices", {"status": status, **amounts})

    def _delete_invoice(self) -> None:
        self._delete("AOS_Invoices")

    def _create_case(self) -> None:
        contact, case = self.pick("Contacts"), self._copy("Cases", {"name": self.name()})
        if contact and case:
            link = {"case_id": case, "contact_id": contact["id"]}
            self._store.load_link("contacts_cases", [link])

    def _change_case(self) -> None:
        self._change("Cases", {"status": self._dice.choice(["Open_New", "Closed_Closed"])})

    def _delete_case(self) -> None:
        self._delete("Cases")

    def _scribble(self) -> None:
        """Let somebody's import fill in what the bridge writes."""
        self._change("Contacts", {"rfm_score_c": str(self._dice.randrange(111, 555))})

    def _amount(self) -> float:
        return round(self._dice.uniform(1, 5_000), 2)
