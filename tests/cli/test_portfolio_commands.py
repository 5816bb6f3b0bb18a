"""The commands about the whole portfolio, on a mirror that was synced on two days."""

import csv
import io
import json
import shutil
from datetime import timedelta
from functools import cache
from itertools import pairwise

import pytest

from suitecrm_bridge.catalogue import catalogue, indicators
from suitecrm_bridge.mirror import MIRROR_FILE
from tests.flows.processes import command
from tests.flows.world import DAY, synced_base, world_of

LATER = DAY + timedelta(days=120)


def come_back(opened):
    """An invoice of the day for each of those who bought longest ago."""
    gone = opened.mirrored(
        "SELECT customer_id FROM scores_contacts WHERE purchase_count > 0"
        " ORDER BY last_purchase, customer_id LIMIT 8"
    )
    return [
        {
            "id": f"ffffffff-0000-4000-8000-{number:012}",
            "name": "Facture",
            "status": "Paid",
            "currency_id": "-99",
            "invoice_date": str(LATER),
            "billing_contact_id": customer,
            "total_amount": 100 + number,
            "total_amount_usdollar": 100 + number,
        }
        for number, (customer,) in enumerate(gone)
    ]


@pytest.fixture(scope="module")
def run(bases, tmp_path_factory):
    """Runs a command on a mirror that was scored again 120 days later."""
    folder = tmp_path_factory.mktemp("two days")
    database, home, _ = synced_base(bases)
    with world_of(folder, database, home) as opened:
        opened.clock.advance(days=120)
        opened.store.load("AOS_Invoices", come_back(opened))
        opened.pull("AOS_Invoices")
        opened.score(LATER, BRIDGE_STALE_HOURS="200000")
    # Nothing changes this mirror, so that whoever asks the same gets the same answer.
    return cache(
        lambda *arguments: command(*arguments, environment={"BRIDGE_HOME": str(opened.home)})
    )


@pytest.fixture
def run_once(bases, tmp_path):
    """Runs a command on a mirror that was scored once."""
    _, home, _ = synced_base(bases)
    shutil.copy(home / MIRROR_FILE, tmp_path / MIRROR_FILE)
    return lambda *arguments: command(*arguments, environment={"BRIDGE_HOME": str(tmp_path)})


def json_of(done):
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout, parse_constant=refuse)


def refuse(constant):
    raise ValueError(f"{constant} is no JSON")


def csv_of(done):
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.mark.parametrize("entity", ["contacts", "accounts"])
def test_every_indicator_is_told_with_unit_parts_and_formula(run, entity):
    rows = json_of(run("indicators", "--of", entity, "--format", "json"))
    assert [row["key"] for row in rows] == list(indicators())
    for row in rows:
        known = indicators()[row["key"]]
        assert (row["unit"], row["formula"]) == (known.unit, known.formula["en"])
        assert (row["value"] is None) == (row["denominator"] == 0)
        assert (row["reason"] is None) == (row["value"] is not None)


def test_an_indicator_agrees_with_the_scores(run):
    rows = {row["key"]: row for row in json_of(run("indicators", "--format", "json"))}
    customers = json_of(run("customers", "--format", "json"))
    assert rows["customers_all"]["value"] == len(customers)
    since = str(LATER - timedelta(days=365))
    active = [row for row in customers if (row["last_purchase"] or "") > since]
    assert rows["customers_active"]["value"] == len(active)


def test_indicators_of_an_earlier_day_are_those_of_then(run, run_once):
    earlier = json_of(run("indicators", "--as-of", str(DAY), "--format", "json"))
    assert earlier == json_of(run_once("indicators", "--format", "json"))
    assert earlier != json_of(run("indicators", "--format", "json"))


@pytest.mark.parametrize(("lang", "option"), [("en", "--formulas"), ("fr", "--formulas")])
def test_indicators_as_a_table_speak_the_users_language(run, lang, option):
    plain, full = run("--lang", lang, "indicators"), run("--lang", lang, "indicators", option)
    for known in indicators().values():
        assert known.label[lang] in plain.stdout
        assert known.formula[lang] not in plain.stdout
        assert known.formula[lang] in full.stdout
    assert run("-v", "--lang", lang, "indicators").stdout == full.stdout


def test_an_indicator_without_a_value_says_why(run):
    done = run("indicators", "--as-of", "2000-01-01")
    assert indicators()["retention_rate"].missing["en"] in done.stdout


@pytest.mark.parametrize(
    ("by", "column"),
    [
        ("month", "month"),
        ("lead_source", "lead_source"),
        ("field", "field"),
        ("campaign", "campaign_id"),
    ],
)
def test_indicators_are_broken_down(run, by, column):
    rows = json_of(run("indicators", "--by", by, "--format", "json"))
    assert rows
    assert next(iter(rows[0])) == column
    assert [row[column] for row in csv_of(run("indicators", "--by", by, "--format", "csv"))] == [
        row[column] for row in rows
    ]
    assert len(run("indicators", "--by", by).stdout.splitlines()) == 1 + len(rows)


@pytest.mark.parametrize(
    "asked",
    [
        "customers",
        "segments",
        "actions",
        "leaving",
        "indicators",
        "indicators --by month",
        "retention --by revenue",
    ],
)
def test_a_table_of_amounts_says_what_they_are_and_in_which_currency(run, asked):
    told = "Amounts are without tax and shipping, in the base currency of SuiteCRM."
    assert told in run(*asked.split()).stderr
    assert "hors taxes et frais de port" in run("--lang", "fr", *asked.split()).stderr


def test_fields_of_the_completeness_have_words_in_both_languages(run):
    assert "Besoin annuel estimé" in run("--lang", "fr", "indicators", "--by", "field").stdout
    assert "Estimated yearly need" in run("indicators", "--by", "field").stdout


@pytest.mark.parametrize("by", ["month", "cohort", "revenue", "survival"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_retention_is_told_in_every_way(run, by, lang):
    rows = json_of(run("retention", "--by", by, "--format", "json"))
    assert rows
    done = run("--lang", lang, "retention", "--by", by)
    assert done.exit_code == 0, done.output
    assert ("perdu" if lang == "fr" else "lost") in done.stdout


@pytest.mark.parametrize(("lang", "word"), [("en", "(provisional)"), ("fr", "(provisoire)")])
def test_the_month_that_is_not_over_is_called_provisional(run, lang, word):
    rows = json_of(run("retention", "--format", "json"))
    assert [row["provisional"] for row in rows] == [False] * (len(rows) - 1) + [True]
    lines = run("--lang", lang, "retention").stdout.splitlines()
    assert [word in line for line in lines[-len(rows) :]] == [row["provisional"] for row in rows]
    header, *_, last = run("retention", "--format", "csv").stdout.splitlines()
    assert dict(zip(header.split(","), last.split(","), strict=True))["provisional"] == "True"


def test_the_curve_is_shown_at_even_days_and_falls_where_it_falls(run):
    rows = json_of(run("retention", "--by", "survival", "--format", "json"))
    told = run("retention", "--by", "survival").stdout.splitlines()
    days = [line.split()[0] for line in told if line.strip()]
    shown = [int(day.replace(",", "")) for day in days[days.index("0") :]]
    assert shown[:4] == [0, 30, 60, 90]
    assert shown[-1] == rows[-1]["days"]
    for row in rows:
        assert row["low"] <= row["earliest"] <= row["latest"] <= row["high"]


def test_customers_at_the_start_of_a_month_are_those_of_the_month_before(run):
    rows = json_of(run("retention", "--format", "json"))
    for before, after in pairwise(rows):
        came = before["new_customers"] + before["won_back"] - before["lost"]
        assert after["customers_at_start"] == before["customers_at_start"] + came


def test_a_migration_accounts_for_every_customer(run):
    found = json_of(run("migration", "--format", "json"))
    assert (found["from"], found["to"]) == (str(DAY), str(LATER))
    assert sum(row["customers"] for row in found["matrix"]) == 60
    moved = [row for row in found["matrix"] if row["from_segment"] != row["to_segment"]]
    assert 0 < sum(row["customers"] for row in moved) < 60
    shares = [row["share"] for row in found["matrix"] if row["share"]]
    starts = {row["from_segment"] for row in found["matrix"] if row["customers"]}
    assert sum(shares) == pytest.approx(len(starts))


def test_movers_are_named_and_may_be_left_out(run):
    found = json_of(run("migration", "--movers", "3", "--format", "json"))["movers"]
    assert len(found) == 3
    assert all(row["name"] and row["from_segment"] != row["to_segment"] for row in found)
    table = run("migration", "--movers", "3").stdout
    assert all(row["name"] in table for row in found)
    assert json_of(run("migration", "--movers", "0", "--format", "json"))["movers"] == []


def test_a_migration_as_a_table_speaks_the_users_language(run):
    done = run("--lang", "fr", "migration")
    assert "08/03/2026" in done.stdout
    rows = json_of(run("migration", "--format", "json"))["matrix"]
    for key in {row["to_segment"] for row in rows if row["customers"]}:
        assert catalogue().segments[key].label["fr"] in done.stdout


def test_a_migration_from_a_day_without_a_snapshot_names_those_there_are(run):
    done = run("migration", "--from", "2026-03-01")
    assert done.exit_code == 6
    assert str(DAY) in done.stderr
    assert str(LATER) in done.stderr


def test_one_snapshot_is_no_migration_and_is_named(run_once):
    done = run_once("migration")
    assert done.exit_code == 6
    assert str(DAY) in done.stderr


def test_a_migration_backwards_is_refused(run):
    done = run("migration", "--from", str(LATER), "--to", str(DAY))
    assert (done.exit_code, done.stdout) == (6, "")


def test_the_history_of_a_customer_holds_his_moves_the_latest_first(run):
    mover = json_of(run("migration", "--format", "json"))["movers"][0]
    (found,) = json_of(run("customer", mover["customer_id"], "--format", "json"))
    assert [(move["as_of"], move["rfm_segment"]) for move in found["history"]] == [
        (str(LATER), mover["to_segment"]),
        (str(DAY), mover["from_segment"]),
    ]
    shown = run("customer", mover["customer_id"]).stdout
    assert f"{DAY}  {catalogue().segments[mover['from_segment']].label['en']}" in shown


@pytest.mark.parametrize("name", ["indicators", "retention", "backtest", "migration"])
def test_nothing_is_told_before_anything_was_scored(tmp_path, name):
    done = command(name, environment={"BRIDGE_HOME": str(tmp_path)})
    assert done.exit_code == 6
    assert "sync" in done.stderr
