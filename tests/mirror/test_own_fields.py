"""What the package's own fields come to, in the one form that docs/fast-routes.md describes."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import Mirror

FORMS = [
    ("rfm_segment_c", "'champions'", "9:champions"),
    ("rfm_segment_c", "NULL", ""),
    ("rfm_segment_c", "''", ""),
    ("rfm_recency_c", "5", "5"),
    ("rfm_recency_c", "0", "0"),
    ("rfm_recency_c", "NULL", ""),
    ("clv_c", "1234.5", "1234.50"),
    ("clv_c", "0", "0"),
    ("clv_c", "-0.001", "0"),
    ("clv_c", "0.005", "0.01"),
    ("clv_c", "-0.005", "-0.01"),
    ("clv_c", "99999999999999999999.999999", "100000000000000000000.00"),
    ("clv_c", "NULL", ""),
    ("alive_probability_c", "0.25", "0.2500"),
    ("review_flag_c", "true", "1"),
    ("review_flag_c", "false", "0"),
    ("review_flag_c", "NULL", ""),
    ("last_purchase_c", "DATE '2024-02-29'", "2024-02-29"),
    ("last_purchase_c", "NULL", ""),
    ("promised_by_c", "TIMESTAMP '2026-11-21 20:31:07'", "2026-11-21 20:31"),
    ("promised_by_c", "NULL", ""),
    ("rfm_reason_c", "'é <b> &amp; |'", "14:é <b> &amp; |"),
    ("rfm_reason_c", "' '", "1: "),
]


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        yield opened


def number(*parts):
    return int(hashlib.md5("|".join(parts).encode()).hexdigest()[:15], 16)


def put(mirror, id, table="contacts", **values):
    names, given = ", ".join(["id", *values]), ", ".join([f"'{id}'", *values.values()])
    mirror.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({given})")


@pytest.mark.parametrize(("name", "value", "form"), FORMS)
def test_each_value_has_one_form(mirror, name, value, form):
    module = catalogue().fields[name].modules[0]
    put(mirror, "a", module.lower(), **{name: value})
    assert mirror.reconciliation.own_fields.digest(module, [name]) == (1, number("a", form))


def test_a_digest_is_the_sum_of_its_records(mirror):
    put(mirror, "a", clv_c="1", rfm_score_c="'555'")
    put(mirror, "b", clv_c="NULL", rfm_score_c="NULL")
    total = number("a", "1.00", "3:555") + number("b", "", "")
    own = mirror.reconciliation.own_fields
    assert own.digest("Contacts", ["clv_c", "rfm_score_c"]) == (2, total)


def test_a_text_cannot_pass_for_two(mirror):
    put(mirror, "a", rfm_reason_c="'x|1:y'", value_reason_c="NULL")
    put(mirror, "b", rfm_reason_c="'x'", value_reason_c="'y'")
    columns = ["rfm_reason_c", "value_reason_c"]
    assert mirror.reconciliation.own_fields.digest("Contacts", columns)[1] == number(
        "a", "5:x|1:y", ""
    ) + number("b", "1:x", "1:y")


def test_no_record_comes_to_nothing(mirror):
    assert mirror.reconciliation.own_fields.digest("Contacts", ["clv_c"]) == (0, 0)


@pytest.mark.parametrize("module", ["Contacts", "Accounts", "Cases"])
def test_every_field_of_the_package_has_a_form(mirror, module):
    columns = [field.id_name or field.name for field in catalogue().fields_of(module)]
    table = catalogue().modules[module].table
    mirror.connection.execute(f"INSERT INTO {table} (id) VALUES ('a')")
    expected = number("a", *[""] * len(columns))
    assert mirror.reconciliation.own_fields.digest(module, columns) == (1, expected)


def test_what_was_listed_is_compared_with_what_is_mirrored(mirror):
    listed, own = mirror.reconciliation, ["clv_c", "scored_at_c"]
    put(mirror, "a", clv_c="1.5", scored_at_c="DATE '2026-11-21'")
    put(mirror, "b", clv_c="2")
    listed.begin()
    at = date(2026, 11, 21)
    same = {"id": "a", "clv_c": Decimal("1.500000"), "scored_at_c": at}
    listed.add_own("Contacts", own, [same])
    assert not listed.lost("Contacts", own)
    listed.add_own("Contacts", own, [{"id": "b", "clv_c": None, "scored_at_c": None}])
    assert listed.lost("Contacts", own)


def test_a_segment_is_remembered_as_it_was_first_believed(mirror):
    own = mirror.reconciliation.own_fields
    put(mirror, "a", rfm_segment_c="'lost'")
    put(mirror, "b", rfm_segment_c="NULL")
    own.remember_segments("Contacts")
    mirror.connection.execute("UPDATE contacts SET rfm_segment_c = 'new'")
    own.remember_segments("Contacts")
    own.remember_segments("Cases")
    assert own.remembered_segments() == {("Contacts", "a"): "lost", ("Contacts", "b"): "new"}
    own.forget_segments()
    assert own.remembered_segments() == {}


def test_a_mirror_has_a_mark_of_its_own_that_stays(mirror):
    mark = mirror.identity.bridge
    assert len(mark) == 32
    assert mirror.identity.bridge == mark
    with Mirror.in_memory() as other:
        assert other.identity.bridge != mark


def test_a_state_that_was_sent_is_known_beside_the_last_one_until_it_is_noted(mirror):
    identity = mirror.identity
    assert identity.known() is None
    identity.note("i", "one")
    identity.sending("two")
    assert identity.known().states == {"one", "two"}
    identity.note("i", "two")
    assert (identity.known().installation, identity.known().states) == ("i", {"two"})
    identity.note(None, None)
    assert (identity.known().installation, identity.known().states) == (None, frozenset())
