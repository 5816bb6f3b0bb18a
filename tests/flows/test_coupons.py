"""Coupon codes: given to who is addressed, on record, letters and calls, and found on purchases."""

import json

import pytest

from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.summary import Summary
from tests.flows.begun import HELLO, begin, members, run
from tests.flows.test_calls import made, treated
from tests.flows.test_letters import rows
from tests.flows.test_webhooks import HOOKS

COUPON = '[coupon]\nprefix = "WB"\n'
SAY = 'say = { en = "The code is {code}.", fr = "Le code est {code}." }'


def codes(world):
    found = world.mirrored("SELECT person, code FROM programme_codes")
    assert len({code for _, code in found}) == len(found)
    return dict(found)


def test_who_is_addressed_has_a_code_and_who_is_only_measured_has_none(fast_synced):
    world = fast_synced
    begin(world, HELLO.replace('"mail"', '"letter"') + COUPON)
    run(world, dry_run=True)
    assert codes(world) == {}
    run(world)
    given = codes(world)
    assert set(given) == treated(world) != set()
    assert {row["Reference"]: row["Code"] for row in rows(world)} == given
    run(world)
    assert codes(world) == given


def forgotten(world):
    """Let the mirror know no code and no secret, as a new one does."""
    world.mirrored("DELETE FROM programme_codes")
    world.mirrored("DELETE FROM marks WHERE name = 'codes'")


def test_a_code_that_stands_on_the_record_is_kept_when_the_mirror_is_lost(fast_synced):
    world = fast_synced
    begin(world, HELLO + COUPON)
    world.sync()
    given = codes(world)
    assert given
    forgotten(world)
    run(world)
    assert codes(world) == given


@pytest.mark.parametrize("written", ["WB", "WBAAAAAAAA", "XY{}", "{}2"])
def test_what_is_no_code_of_the_programme_is_not_taken_from_a_record(fast_synced, written):
    world = fast_synced
    begin(world, HELLO + COUPON)
    run(world)
    given = codes(world)
    someone = sorted(given)[0]
    forgotten(world)
    held = written.format(given[someone])
    world.mirrored("UPDATE contacts SET programme_code_c = ? WHERE id = ?", held, someone)
    run(world)
    assert codes(world)[someone] != held


def test_a_code_on_two_records_belongs_to_one_of_them(fast_synced):
    world = fast_synced
    begin(world, HELLO + COUPON)
    run(world)
    one, two, *_ = sorted(codes(world))
    held = codes(world)[one]
    forgotten(world)
    world.mirrored("UPDATE contacts SET programme_code_c = ? WHERE id IN (?, ?)", held, one, two)
    run(world)
    assert list(codes(world).values()).count(held) == 1


def test_no_two_installations_make_the_same_codes_and_nobody_without_the_secret(fast_synced):
    world = fast_synced
    begin(world, HELLO + COUPON)
    run(world)
    given = codes(world)
    forgotten(world)
    run(world)
    assert not {*given.values()} & {*codes(world).values()}


def test_a_code_is_the_same_as_long_as_the_mirror_lasts(fast_synced):
    world = fast_synced
    begin(world, HELLO + COUPON)
    run(world)
    given = codes(world)
    world.mirrored("DELETE FROM programme_codes")
    run(world)
    assert codes(world) == given


def test_calls_and_webhooks_tell_the_code(fast_synced):
    world = fast_synced
    begin(world, HELLO.replace('channel = "mail"', f'channel = "call"\n{SAY}') + COUPON)
    run(world)
    given = codes(world)
    for person, row in made(world).items():
        assert row["description"].startswith(f"The code is {given[person]}.")
        assert f"Coupon code: {given[person]}" in row["description"]
    begin(world, HOOKS + COUPON.replace("WB", "HOOK"), key="hooks")
    run(world)
    [file] = (world.home / "webhooks").iterdir()
    told = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    own = dict(world.mirrored("SELECT person, code FROM programme_codes WHERE code LIKE 'HOOK%'"))
    assert {one["person"]["id"]: one["code"] for one in told} == own


def test_nobody_is_on_the_list_before_the_code_is_on_the_record(fast_synced):
    world = fast_synced
    begin(world, HELLO + COUPON)
    run(world)
    given = codes(world)
    assert members(world) == set()
    world.sync()
    records = {row["id"]: row["programme_code_c"] or "" for row in world.store.rows("Contacts")}
    assert {id: code for id, code in records.items() if code} == given
    assert members(world) == set(given)
    with world.context() as context:
        jobs.stop(context, Summary(), ["hello"])
    world.sync()
    assert {row["programme_code_c"] or "" for row in world.store.rows("Contacts")} == {""}


@pytest.mark.parametrize("spelt", ["{}", "code {} thanks", "{}, 2nd order"])
def test_codes_on_invoices_are_counted_with_their_revenue(fast_synced, spelt):
    world = fast_synced
    begin(world, HELLO + COUPON)
    run(world)
    one, two, *_ = codes(world).values()
    typed = f"{one[:2].lower()}-{one[2:6].lower()} {one[6:]}"
    paid = world.mirrored(
        "SELECT id, subtotal_amount FROM invoices WHERE status <> 'Cancelled' AND total_amount > 0"
        " AND currency_id = '-99' ORDER BY id LIMIT 3"
    )
    (first, _), (second, _), (third, _) = paid
    world.mirrored(
        "UPDATE invoices SET name = ? WHERE id IN (?, ?)", spelt.format(typed), first, second
    )
    line = world.mirrored("SELECT min(id) FROM invoice_lines WHERE parent_id = ?", third)[0][0]
    world.mirrored("UPDATE invoice_lines SET name = ? WHERE id = ?", f"Voucher {two}", line)
    found = json.loads(world.command("programmes", "measure", "--format", "json").stdout)
    [row] = found["codes"]
    assert (row["programme"], row["given"]) == ("hello", len(codes(world)))
    assert (row["used"], row["purchases"]) == (2, 3)
    assert row["revenue"] == pytest.approx(sum(float(amount) for _, amount in paid), abs=0.05)
