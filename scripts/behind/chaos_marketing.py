"""Programmes that run in a seed, and people who start and stop them and change their minds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from chaos_checks import DONE, MEMBERS, PARTIAL, PASSING
from chaos_child import DIES_AT
from chaos_deliveries import ERRANDS, KEY, Deliveries
from chaos_programmes import ADDRESSING, JOURNEY, LEADS, SEGMENTS, SHIPPED
from chaos_promised import Listed, broken
from chaos_world import World
from werkzeug.wrappers import Request, Response

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.errors import NotFound
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.push.calls import CALLS
from suitecrm_bridge.push.lists import LISTS
from suitecrm_bridge.push.tasks import TASKS

PASSED = (DONE, PARTIAL)
OWN_LIST = "0b5e2f0e-0000-4000-8000-000000000001"
"""A list of people's own, with the name of one of the bridge's."""
SAID = (
    {"email_opt_out": 1}, {"email_opt_out": 0}, {"invalid_email": 1}, {"do_not_call": 1},
    {"do_not_call": 0}, {"lawful_basis": "^withdrawn^"}, {"lawful_basis": "^consent^"},
    {"phone_work": "", "phone_mobile": ""}, {"email1": ""}, {"primary_address_city": ""},
)  # fmt: skip
"""What people tell the company about being addressed."""


class Marketing:
    """Starts programmes, lets people say what they want of them, and looks at each run.

    `touched` are members, by list, that people put on or took off by hand.
    """

    def __init__(self, world: World, dice: random.Random) -> None:
        self._world, self._dice = world, dice
        self._dying = world.dice("dying")
        self._store = world.sandbox.store
        self._added: list[tuple[str, str]] = []
        self._unwilling: set[tuple[str, str]] = set()
        self._deliveries = Deliveries(world.bridge.home, self._store)
        self.touched: set[tuple[str, str]] = set()
        world.watch.dresses.append(self._listen)
        world.result.disturbances["programmes"] += 1
        self._begin()

    def work(self) -> None:
        """Let people do a few things."""
        acts: list[Callable[[], None]] = [
            *[self._say] * 5, *[self._object] * 2, *[self._unsubscribe] * 2, self._complain,
            *[self._change_member] * 2, self._delete_list, self._stop, self._start, self._reset,
        ]  # fmt: skip
        for _ in range(self._dice.randrange(5)):
            self._dice.choice(acts)()

    def dies(self) -> dict[str, str]:
        """Return the setting with which a run dies between two steps, nothing for most runs."""
        return {DIES_AT: str(self._dying.randrange(40))} if self._dying.random() < 0.4 else {}

    def check(self, code: int, *, complete: bool = True) -> None:
        """See that a run that ended with a code kept the promises; `complete` ones fill lists."""
        home, added, unwilling = self._world.bridge.home, [*self._added], {*self._unwilling}
        self._added.clear()
        self._unwilling.clear()
        made = {id for module, id, _ in self._world.watch.log if module in (CALLS, TASKS)}
        with Mirror.open(home) as mirror:
            done, rules = complete and code in PASSED, Rules(home)
            listed = Listed(self._members(), frozenset(self.touched), done, unwilling)
            found = [*broken(mirror, rules, listed, added)]
            found += self._deliveries.broken(mirror, rules, made)
            self._tell(found)

    def end(self) -> None:
        """See that people's own list is as they made it, and the bridge's as they are to be."""
        gone = {row["id"] for row in self._store.rows("Contacts") if row["deleted"]}
        if self._of_people() != [row for row in self._own if row["related_id"] not in gone]:
            self._world.result.findings.append("programmes: a list of people's own was changed")
        self.touched.clear()
        self.check(DONE)
        with Mirror.open(self._world.bridge.home) as mirror:
            self._tell(self._deliveries.left(mirror, Rules(self._world.bridge.home)))

    def _tell(self, found: Iterable[str]) -> None:
        where = f"run {self._world.result.runs - 1}"
        self._world.result.findings += [f"{where}, programmes: {line}" for line in found]

    def _begin(self) -> None:
        home = self._world.bridge.home
        folder = home / "programmes"
        folder.mkdir(parents=True)
        (folder / "journey.toml").write_text(JOURNEY, encoding="utf-8")
        (folder / "leads_journey.toml").write_text(LEADS, encoding="utf-8")
        (folder / f"{KEY}.toml").write_text(ERRANDS, encoding="utf-8")
        wanted = ADDRESSING + (SEGMENTS if self._dice.random() < 0.3 else "")
        (home / "addressing.toml").write_text(wanted, encoding="utf-8")
        own = {"id": OWN_LIST, "name": "Journey: Hello", "list_type": "default"}
        self._store.load(LISTS, [own])
        someone = self._store.rows("Contacts")[:3]
        self._put(OWN_LIST, "Contacts", *(row["id"] for row in someone))
        self._own = self._of_people()
        shipped = self._dice.sample(SHIPPED, self._dice.choice([1, 2, 2, 6]))
        keys = ["journey", "leads_journey", KEY, *shipped]
        self._command("start", *keys)

    def _command(self, *words: str) -> None:
        code = self._world.bridge.command("programmes", *words)
        if code not in PASSING:
            self._world.result.findings.append(f"programmes {' '.join(words)} ended with {code}")
        self.check(code, complete=False)

    def _start(self) -> None:
        self._command("start", self._dice.choice(["journey", "leads_journey", KEY, *SHIPPED]))

    def _stop(self) -> None:
        with Mirror.open(self._world.bridge.home) as mirror:
            known = sorted(mirror.programmes.states())
        self._command("stop", self._dice.choice(known))

    def _reset(self) -> None:
        if row := self._world.people.pick("Contacts", self._dice):
            code = self._world.bridge.command("programmes", "reset", "journey", row["id"])
            if code not in (DONE, NotFound.exit_code):
                self._world.result.findings.append(f"programmes reset ended with {code}")

    def _say(self) -> None:
        module = self._dice.choice(["Contacts", "Contacts", "Leads"])
        self._save(module, self._dice.choice(SAID))

    def _object(self) -> None:
        self._save("Contacts", {"no_profiling_c": self._dice.randrange(2)})

    def _save(self, module: str, values: dict[str, Any]) -> None:
        people = self._world.people
        if row := people.pick(module, self._dice):
            people.save(module, row["id"], values)
            self._world.watch.excuse(row["id"])

    def _unsubscribe(self) -> None:
        people = self._world.people
        model, row = people.pick("CampaignLog", self._dice), people.pick("Contacts", self._dice)
        if not model or not row:
            return
        if self._dice.random() < 0.6:
            now = self._store.now()
            values = {"activity_type": "removed", "activity_date": now, "date_modified": now}
            of = {"target_type": "Contacts", "target_id": row["id"], "id": self._id()}
            people.add("CampaignLog", model | values | of)
        # It is the address that is marked, by SuiteCRM's page or by way of another record that has
        # it: the record's date stays, and there may be no line in the log of a campaign.
        what = self._dice.choice(["email_opt_out", "email_opt_out", "invalid_email"])
        people.save("Contacts", row["id"], {what: 1, "date_modified": row["date_modified"]})

    def _complain(self) -> None:
        people = self._world.people
        model, row = people.pick("Cases", self._dice), people.pick("Contacts", self._dice)
        if model and row:
            stamps = {"date_modified": self._store.now(), "date_entered": self._store.now()}
            said = {"complaint_c": 1, "priority": "P1", "state": "Open", "status": "Open_New"}
            case = self._id()
            people.add("Cases", model | stamps | said | {"id": case})
            self._store.load_link("contacts_cases", [{"case_id": case, "contact_id": row["id"]}])

    def _change_member(self) -> None:
        lists = self._of_contacts()
        row = self._world.people.pick("Contacts", self._dice)
        if not lists or row is None:
            return
        chosen = self._dice.choice(lists)
        members = [row for row in self._rows() if row["prospect_list_id"] == chosen]
        if members and self._dice.random() < 0.5:
            gone = self._dice.choice(members)
            where = "prospect_list_id = ? AND related_id = ?"
            self._store.write(
                f"UPDATE {MEMBERS} SET deleted = 1 WHERE {where}",
                [(chosen, gone["related_id"])],
            )
            self.touched.add((chosen, gone["related_id"]))
        elif (chosen, row["id"]) not in self._members():
            self._put(chosen, "Contacts", row["id"])
            self.touched.add((chosen, row["id"]))

    def _delete_list(self) -> None:
        if (lists := self._lists()) and self._dice.random() < 0.3:
            self._store.update(LISTS, self._dice.choice(lists), {"deleted": 1})

    def _put(self, list_id: str, module: str, *ids: str) -> None:
        role = {"prospect_list_id": list_id, "related_type": module}
        self._store.load_link(MEMBERS, [role | {"related_id": id, "id": self._id()} for id in ids])

    def _lists(self) -> list[str]:
        rows = self._store.rows(LISTS)
        return [row["id"] for row in rows if not row["deleted"] and row["id"] != OWN_LIST]

    def _of_contacts(self) -> list[str]:
        return [
            id for id in self._lists() if not self._store.row(LISTS, id)["name"].startswith("Lead")
        ]

    def _rows(self) -> list[dict[str, Any]]:
        return self._store.link_rows(MEMBERS)

    def _of_people(self) -> list[dict[str, Any]]:
        return [row for row in self._rows() if row["prospect_list_id"] == OWN_LIST]

    def _members(self) -> set[tuple[str, str]]:
        there = set(self._lists())
        pairs = ((row["prospect_list_id"], row["related_id"]) for row in self._rows())
        return {pair for pair in pairs if pair[0] in there}

    def _id(self) -> str:
        return str(UUID(int=self._dice.getrandbits(128), version=4))

    def _listen(self, request: Request, response: Response) -> None:
        """Note who is put on lists, and that something was written."""
        parts = request.path.split("/")
        if request.method not in ("POST", "DELETE", "PATCH") or not {"members", LISTS} & {*parts}:
            return
        if OWN_LIST in parts:
            self._world.result.findings.append(f"{request.method} to a list of people's own")
        if parts[-2] == "members":
            asked = json.loads(request.get_data())
            added, list_id = asked.get("add", []), parts[-1]
        elif "relationships" in parts:
            list_id = parts[parts.index("relationships") - 1]
            added = (
                [json.loads(request.get_data())["data"]["id"]] if request.method == "POST" else []
            )
        else:
            return
        self._added += [(list_id, id) for id in added]
        self._unwilling |= {(list_id, id) for id in added if self._refuses(id)}
        if response.status_code < 300:
            self._world.watch.log.append((LISTS, list_id, {"members": len(added)}))

    def _refuses(self, id: str) -> bool:
        """Return whether SuiteCRM holds that mail may not reach a contact."""
        row = self._world.people.row("Contacts", id)
        return bool(row and (row["email_opt_out"] or row["invalid_email"]))
