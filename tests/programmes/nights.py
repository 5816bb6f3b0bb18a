"""A handful of customers whose figures change from night to night, and programmes for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.catalogue.conditions import names, parse
from suitecrm_bridge.catalogue.programmes import Addressing, Cap, Trigger
from suitecrm_bridge.insights.programmes import planned
from tests.analytics.programmes.made import programme, wave

KNOWN = names("contacts")
FIRST = date(2026, 3, 1)
PEOPLE = [f"person{number}" for number in range(8)]
FLAGS = {
    "email_opt_out": "false",
    "invalid_email": "false",
    "do_not_call": "false",
    "no_profiling_c": "false",
    "lawful_basis": "'^consent^'",
    "email1": "id || '@example.com'",
    "phone_work": "'1'",
    "assigned_user_id": "'user'",
}
WRONG = {
    "email_opt_out": "true",
    "invalid_email": "true",
    "do_not_call": "true",
    "no_profiling_c": "true",
    "lawful_basis": "'^consent^,^withdrawn^'",
    "email1": "NULL",
    "phone_work": "NULL",
    "assigned_user_id": "NULL",
}
BY_CHANNEL = {
    "mail": {"email_opt_out", "invalid_email", "email1", "no_profiling_c", "lawful_basis"},
    "call": {"do_not_call", "phone_work", "no_profiling_c", "lawful_basis"},
    "task": {"no_profiling_c", "lawful_basis"},
}
CAP = Cap(2, 5)
HELLO = programme(
    "hello",
    audience=parse('segment = "new"', KNOWN),
    waves=(wave(), wave("call", "call", 2), wave("last", "task", 1, "value_at_stake > 1")),
    priority=9,
    again_days=4,
    control=Decimal("0.3"),
)
OFFER = programme(
    "offer",
    audience=parse('segment in ["champions", "loyal"]', KNOWN),
    trigger=Trigger("enters", parse('segment = "champions"', KNOWN)),
    product=KNOWN.figures["next_offer"],
    priority=5,
)
CALL = programme(
    "call",
    audience=parse("value_at_stake > 0", KNOWN),
    waves=(wave("call", "task"),),
    product=KNOWN.figures["next_offer"],
    cap=Cap(1, 3),
    priority=1,
    again_days=2,
    budget=Decimal(6),
)
RULES = SimpleNamespace(
    programmes={one.key: one for one in (HELLO, OFFER, CALL)},
    addressing=Addressing(CAP, Decimal("0.1"), 90),
)


class Nights:
    """A mirror in memory, one night after the other.

    What is queued is delivered the same night, unless somebody says that nothing `delivers`.
    """

    delivers = True

    def __init__(self, mirror):
        self.mirror, self.run = mirror, mirror.connection.execute
        self.day = FIRST
        for person in PEOPLE:
            self.run("INSERT INTO contacts (id, date_modified) VALUES (?, '2026-01-01')", [person])
        everything = [*catalogue().columns_of("Contacts")]
        for module, columns in (("Contacts", everything), ("CampaignLog", ["id"])):
            self.run("INSERT INTO bookmarks VALUES (?, '2026-03-01', ?, 'fast')", [module, columns])
        self.run(
            "CREATE TABLE scores_contacts AS SELECT id AS customer_id, 'new' AS rfm_segment,"
            " 'lamp' AS next_offer, 0.0 AS value_at_stake, 'none' AS complaints FROM contacts"
        )
        for person in PEOPLE:
            self.set(person)
        for key in RULES.programmes:
            mirror.programmes.start(key, FIRST)

    def set(self, person, wrong=(), segment="new", stake=0, offer="lamp", serious=False):
        """Say how things stand with a person."""
        flags = FLAGS | {name: WRONG[name] for name in wrong}
        given = ", ".join(f"{name} = {value}" for name, value in flags.items())
        self.run(f"UPDATE contacts SET {given} WHERE id = ?", [person])
        self.run(
            "UPDATE scores_contacts SET rfm_segment = ?, value_at_stake = ?, next_offer = ?,"
            " complaints = ? WHERE customer_id = ?",
            [segment, stake, offer, "serious" if serious else "none", person],
        )

    def plan(self):
        return planned(self.mirror, RULES, self.day)

    def accept(self, found):
        self.mirror.programmes.accept(found.plan, found.channels, found.insides, self.day)
        if self.delivers:
            self.run("UPDATE programme_deliveries SET made = ? WHERE made IS NULL", [self.day])

    def tomorrow(self):
        self.day += timedelta(days=1)

    def state(self):
        """Everything that is kept of programmes."""
        tables = ("enrolments", "waiting", "contacts", "insides")
        return {
            table: self.run(f"SELECT * FROM programme_{table} ORDER BY ALL").fetchall()
            for table in tables
        }

    def contacts(self):
        return self.run(
            "SELECT programme, wave, person, channel, day FROM programme_contacts"
        ).fetchall()


def without_budget():
    """The same programmes, none of which has a budget."""
    free = {key: replace(one, budget=None) for key, one in RULES.programmes.items()}
    return SimpleNamespace(programmes=free, addressing=RULES.addressing)
