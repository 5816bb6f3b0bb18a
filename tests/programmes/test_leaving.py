"""Who has done what a programme is for leaves it, and does not come back at once."""

from dataclasses import replace
from types import SimpleNamespace

from suitecrm_bridge.catalogue.conditions import names_since, parse
from suitecrm_bridge.insights.choices import COUNTED
from suitecrm_bridge.insights.programmes import planned
from suitecrm_bridge.mirror import Mirror
from tests.programmes.nights import HELLO, KNOWN, PEOPLE, RULES, Nights

LEAVING = replace(HELLO, exit=parse("bought", names_since(KNOWN, "contacts")))


def test_who_buys_leaves_the_next_night_and_the_invoices_must_be_readable():
    rules = SimpleNamespace(programmes={"hello": LEAVING}, addressing=RULES.addressing)
    with Mirror.in_memory() as mirror:
        world = Nights(mirror)
        # Whoever asks for it must leave the connection free.
        mirror.believing.note(COUNTED, "invoices")
        mirror.connection.execute(
            "INSERT INTO bookmarks VALUES ('AOS_Invoices', '2026-03-01', ['id'], 'fast')"
        )
        world.accept(planned(mirror, rules, world.day))
        entered = [person for _, _, person, _, _ in world.contacts()]
        buyer = entered[0]
        mirror.connection.execute(
            "INSERT INTO invoices (id, invoice_date, total_amount, status, billing_contact_id)"
            " VALUES ('i', ?, 10, 'Paid', ?)",
            [world.day, buyer],
        )
        world.tomorrow()
        mirror.connection.execute(
            "INSERT INTO sources VALUES ('AOS_Invoices', NULL, '2026-03-02', 'no')"
        )
        unread = planned(mirror, rules, world.day).plan.set_index("person")
        assert unread.loc[buyer, "decision"] == "stays"
        mirror.connection.execute("DELETE FROM sources")
        found = planned(mirror, rules, world.day)
        leaves = found.plan[found.plan["decision"] == "leaves"]
        assert dict(zip(leaves["person"], leaves["reason"], strict=True)) == {buyer: "exits"}
        world.accept(found)
        again = planned(mirror, rules, world.day).plan
        assert buyer not in [*again["person"]]
        assert {*again["person"]} <= {*PEOPLE}
