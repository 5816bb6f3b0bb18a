"""People with forms open: they read a record, think, and save all of it as they read it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from _chaos_people import COMPUTED, People, Row

FORMS = ("Contacts", "Contacts", "Contacts", "Accounts", "Cases")
EDITED = {"Contacts": "last_name", "Accounts": "name", "Cases": "name"}
"""What people change in a form."""
OPEN = 6
"""Forms at once."""


@dataclass(frozen=True)
class Form:
    """A record as somebody sees it, and how often people had saved it by then."""

    module: str
    row: Row
    saves: int


class Office:
    """Opens forms and saves them.

    Each save writes every column from what its author has seen, the bridge's figures too, as a
    form, an import or another program does. SuiteCRM shows a page about a conflict in the place of
    saving where the record was saved in the meantime.
    """

    def __init__(self, people: People, dice: random.Random) -> None:
        self._people, self._dice = people, dice
        self._open: list[Form] = []
        self.saved = self.conflicts = self.disturbed = 0

    def work(self) -> None:
        """Open a form or save one."""
        if len(self._open) < OPEN and self._dice.random() < 0.5:
            self._read()
        elif self._open:
            self._save(self._open.pop(self._dice.randrange(len(self._open))))

    def close(self) -> None:
        """Let everybody go home without saving."""
        self._open.clear()

    def _read(self) -> None:
        module = self._dice.choice(FORMS)
        row = self._people.pick(module, self._dice)
        if row:
            self._open.append(Form(module, row, self._people.saves[row["id"]]))

    def _save(self, form: Form) -> None:
        now = self._people.row(form.module, form.row["id"])
        if now is None or now["deleted"]:
            return
        if now["date_modified"] != form.row["date_modified"]:
            self.conflicts += 1
            self.disturbed += form.saves == self._people.saves[form.row["id"]]
            return
        seen = {name: value for name, value in form.row.items() if name not in COMPUTED}
        typed = {EDITED[form.module]: self._people.name(self._dice)}
        self._people.save(form.module, form.row["id"], seen | typed)
        self.saved += 1
