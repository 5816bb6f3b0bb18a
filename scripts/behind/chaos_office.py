"""People with forms open: they read a record, think, and save all of it as they read it."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass

from chaos_people import COMPUTED, People, Row

from suitecrm_bridge.sandbox import EditConflict, Sandbox
from suitecrm_bridge.sandbox.people import Edit
from suitecrm_bridge.sandbox.schema import schema

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
    edit: Edit


class Office:
    """Opens forms and saves them, also while the bridge's own save of the record is under way.

    Each save writes every column from what its author has seen, the bridge's figures too, as a
    form, an import or another program does. SuiteCRM shows a page about a conflict in the place of
    saving where the record was saved in the meantime.

    Args:
        sandbox: the CRM.
        people: know what was typed.
        dice: decide who does what.
        saved: is called with the id of every record that somebody saved.
    """

    def __init__(
        self, sandbox: Sandbox, people: People, dice: random.Random, saved: Callable[[str], None]
    ) -> None:
        self._sandbox, self._people, self._dice, self._tell = sandbox, people, dice, saved
        self._lock = threading.Lock()
        self._open: list[Form] = []
        self._waiting: list[threading.Thread] = []
        self.saved = self.conflicts = self.disturbed = 0
        self.chance = 0.0
        """How often somebody does something at a request."""
        sandbox.scores.hooks.append(self._meanwhile)

    def work(self, *, often: bool = False) -> None:
        """Let somebody open a form or save one, by chance."""
        with self._lock:
            if self._dice.random() >= self.chance * (8 if often else 1):
                return
            form = None
            if len(self._open) < OPEN and self._dice.random() < 0.5:
                module = self._dice.choice(FORMS)
                if row := self._people.pick(module, self._dice):
                    self._open.append(self._read(module, row))
            elif self._open:
                form = self._open.pop(self._dice.randrange(len(self._open)))
        if form:
            self._save(form)

    def close(self) -> None:
        """Let everybody go home without saving."""
        with self._lock:
            self._open.clear()

    def rest(self) -> None:
        """Wait until everybody who saves has saved."""
        for thread in self._waiting:
            thread.join()
        self._waiting.clear()

    def _meanwhile(self, module: str, id_: str) -> None:
        """Let somebody save a record that the bridge has read and not yet written."""
        with self._lock:
            drawn, name = self._dice.random(), self._people.name(self._dice)
            row = self._people.row(module, id_)
            form = self._read(module, row) if row and drawn < 4 * self.chance else None
        if form:
            # A form waits for the record, and then has seen it as it was before.
            self._waiting.append(threading.Thread(target=self._save, args=(form,)))
            self._waiting[-1].start()
        elif drawn < 8 * self.chance:
            self._people.save(module, id_, {EDITED[module]: name})
            self._tell(id_)

    def _read(self, module: str, row: Row) -> Form:
        edit = self._sandbox.people.open(module, row["id"])
        return Form(module, row, self._people.saves[row["id"]], edit)

    def _save(self, form: Form) -> None:
        store, id_, table = (
            self._sandbox.store,
            form.row["id"],
            schema(True).beans[form.module].table,
        )
        with self._lock:
            typed = {EDITED[form.module]: self._people.name(self._dice)}
        seen = {name: value for name, value in form.row.items() if name not in COMPUTED}
        with store.holding.hold(table, id_), store.transaction():
            now = self._people.row(form.module, id_)
            if now is None or now["deleted"]:
                return
            try:
                form.edit.save(**typed)
            except EditConflict:
                self.conflicts += 1
                self.disturbed += form.saves == self._people.saves[id_]
                return
            self._people.note(form.module, id_, seen | typed)
            self.saved += 1
        self._tell(id_)
