import csv
import io
import json
import unicodedata
from collections import Counter
from decimal import Decimal

import pytest

from suitecrm_bridge.catalogue import catalogue
from tests.flows.processes import command
from tests.flows.world import mirror_rows, synced_base

FIRST = 5


def unidecoded(name):
    apart = unicodedata.normalize("NFD", name)
    return "".join(one for one in apart if not unicodedata.combining(one))


@pytest.fixture(scope="module")
def run(bases, tmp_path_factory):
    """Runs a command on a mirror that was synced; no SuiteCRM is there."""
    _, home, _ = synced_base(bases)

    def run(*arguments, **settings):
        return command(*arguments, environment={"BRIDGE_HOME": str(home), **settings})

    run.home = home
    return run


def json_of(done):
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def csv_of(done):
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_customers_as_json_have_numbers_dates_and_nulls(run):
    rows = json_of(run("customers", "--format", "json"))
    assert len(rows) == 60
    first, last = rows[0], rows[-1]
    assert isinstance(first["purchase_total"], float)
    assert isinstance(first["purchase_count"], int)
    assert len(first["last_purchase"]) == 10
    assert last["last_purchase"] is None


def test_customers_as_csv_are_the_same_as_json(run):
    rows = json_of(run("customers", "--format", "json"))
    lines = csv_of(run("customers", "--format", "csv"))
    assert [line["customer_id"] for line in lines] == [row["customer_id"] for row in rows]
    assert list(lines[0]) == list(rows[0])
    for line, row in zip(lines, rows, strict=True):
        assert Decimal(line["purchase_total"] or 0) == Decimal(str(row["purchase_total"] or 0))


def test_amounts_in_csv_keep_their_cents_and_whole_numbers_stay_whole(run):
    line = csv_of(run("customers", "--format", "csv", "--limit", "1"))[0]
    rows = {row[0]: row for row in mirror_rows(run.home)["scores_contacts"]}
    assert line["customer_id"] in rows
    assert line["purchase_count"].isdigit()
    assert Decimal(line["purchase_total"]) in rows[line["customer_id"]]


def test_customers_as_a_table_speak_the_users_language(run):
    done = run("--lang", "fr", "customers", "--limit", str(FIRST))
    assert done.exit_code == 0
    heading, *lines = done.stdout.splitlines()
    assert (heading.split()[0], heading.split()[-1]) == ("Nom", "Identifiant")
    assert len(lines) == FIRST
    labels = [segment.label["fr"] for segment in catalogue().segments.values()]
    assert all(any(label in line for label in labels) for line in lines)


def test_a_table_in_a_pipe_is_neither_cut_nor_folded(run):
    rows = json_of(run("customers", "--format", "json"))
    lines = run("customers").stdout.splitlines()[1:]
    assert [line.split()[-1] for line in lines] == [row["customer_id"] for row in rows]


def test_customers_of_one_segment_and_of_accounts_can_be_asked_for(run):
    everybody = json_of(run("customers", "--of", "accounts", "--format", "json"))
    assert len(everybody) == 12
    segment = everybody[0]["rfm_segment"]
    alike = json_of(run("customers", "--of", "accounts", "--segment", segment, "--format", "json"))
    assert alike == [row for row in everybody if row["rfm_segment"] == segment]


def test_a_segment_that_does_not_exist_is_refused_with_those_that_do(run):
    done = run("customers", "--segment", "vip")
    assert done.exit_code == 2
    assert next(iter(catalogue().segments)) in done.stderr


def test_one_customer_as_json_is_a_list_with_the_kind(run):
    row = json_of(run("customers", "--format", "json", "--limit", "1"))[0]
    (found,) = json_of(run("customer", row["customer_id"], "--format", "json"))
    history = found.pop("history")
    assert found == {"entity": "contacts", **row}
    assert [move["rfm_segment"] for move in history] == [row["rfm_segment"]]


def test_one_customer_as_csv_has_a_line_and_a_heading(run):
    row = json_of(run("customers", "--format", "json", "--limit", "1"))[0]
    (line,) = csv_of(run("customer", row["name"], "--format", "csv"))
    assert line["customer_id"] == row["customer_id"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_one_customer_as_a_table_tells_what_to_do(run, lang):
    row = json_of(run("customers", "--format", "json", "--limit", "1"))[0]
    done = run("--lang", lang, "customer", row["customer_id"])
    segment = catalogue().segments[row["rfm_segment"]]
    assert segment.label[lang] in done.stdout
    action = catalogue().dropdowns["next_action"][row["next_action"]]
    assert action[lang] in done.stdout
    assert catalogue().fields["purchase_total_c"].label[lang] in done.stdout


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_one_customer_as_a_table_says_his_stage_and_his_value_in_words(run, lang):
    row = json_of(run("customers", "--format", "json", "--limit", "1"))[0]
    done = run("--lang", lang, "customer", row["customer_id"])
    words = catalogue().dropdowns["lifecycle"][row["lifecycle"]][lang]
    label = catalogue().fields["lifecycle_c"].label[lang]
    line = next(line for line in done.stdout.splitlines() if line.startswith(f"{label}  "))
    assert line.endswith(words)
    reasons = json_of(run("--lang", lang, "customer", row["customer_id"], "--format", "json"))
    assert reasons[0]["value_reason"] in done.stdout


def test_a_share_is_shown_as_a_percentage_and_kept_as_a_number(run):
    rows = json_of(run("customers", "--of", "accounts", "--format", "json"))
    shares = [row for row in rows if row["wallet_share"] is not None]
    assert shares
    shown = run("customer", shares[0]["customer_id"]).stdout
    assert f"{100 * shares[0]['wallet_share']:.1f}%" in shown
    assert shares[0]["wallet_estimate"] > 0


def test_an_unknown_customer_ends_with_6_and_is_named(run):
    done = run("customer", "Nobody At All")
    assert done.exit_code == 6
    assert "“Nobody At All”" in done.stderr
    assert done.stdout == ""


def test_a_customer_is_found_by_the_beginning_of_an_id_and_without_accents(run):
    rows = json_of(run("customers", "--format", "json"))
    row = next(row for row in rows if row["name"] != unidecoded(row["name"]))
    for asked in (row["customer_id"][:10].upper(), unidecoded(row["name"]).upper()):
        found = json_of(run("customer", asked, "--format", "json"))
        assert row["customer_id"] in [one["customer_id"] for one in found]


def test_several_customers_whom_a_part_fits_are_offered_with_ids_that_find_them(run):
    rows = json_of(run("customers", "--format", "json"))
    names = Counter(row["name"].split()[-1] for row in rows)
    part = next(name for name, count in names.items() if count > 1)
    done = run("customer", part[:-1])
    assert done.exit_code == 6
    offers = [line.split()[0] for line in done.stderr.splitlines() if line.startswith("  ")]
    assert len(offers) > 1
    assert json_of(run("customer", offers[0], "--format", "json"))


def test_names_that_are_alike_are_offered_where_nobody_fits(run):
    row = json_of(run("customers", "--format", "json", "--limit", "1"))[0]
    done = run("customer", row["name"] + "x")
    assert done.exit_code == 6
    assert row["name"] in done.stderr


def test_segments_as_json_add_up(run):
    rows = json_of(run("segments", "--format", "json"))
    assert sum(row["customers"] for row in rows) == 60
    assert sum(row["revenue_share"] or 0 for row in rows) == pytest.approx(1)


def test_segments_tell_their_place_by_purchases_revenue_and_loyalty(run):
    rows = [row for row in json_of(run("segments", "--format", "json")) if row["customers"]]
    for place in ("behaviour_rank", "revenue_rank"):
        assert min(row[place] for row in rows) == 1
    best = next(row for row in rows if row["loyalty_rank"] == 1)
    shares = [row["repeat_share"] for row in rows if row["repeat_share"] is not None]
    assert best["repeat_share"] == max(shares)


def test_segments_as_csv_are_the_same_as_json(run):
    rows = json_of(run("segments", "--format", "json"))
    lines = csv_of(run("segments", "--format", "csv"))
    assert [(line["segment"], int(line["customers"])) for line in lines] == [
        (row["segment"], row["customers"]) for row in rows
    ]


def test_segments_as_a_table_speak_the_users_language(run):
    done = run("--lang", "fr", "segments")
    assert done.exit_code == 0
    assert "Chiffre d'affaires" in done.stdout.splitlines()[0]
    keys = {row["segment"] for row in json_of(run("segments", "--format", "json"))}
    for key in keys:
        assert catalogue().segments[key].label["fr"] in done.stdout


@pytest.mark.parametrize(
    "arguments", [("customers",), ("segments",), ("segments", "--of", "accounts")]
)
def test_data_goes_to_stdout_and_nothing_else(run, arguments):
    done = run(*arguments, "--format", "json")
    json.loads(done.stdout)
    assert done.stderr == ""


def test_the_report_is_written_where_it_is_told(run, tmp_path):
    folder = tmp_path / "mon rapport"
    done = run("report", "--format", "csv", "--format", "json", "--output", str(folder))
    assert done.exit_code == 0, done.output
    named = done.stdout.splitlines()
    assert sorted(named) == sorted(str(file) for file in folder.iterdir())
    assert {name.rpartition(".")[2] for name in named} == {"csv", "json"}


def test_how_involved_customers_are_is_shown_and_may_be_read_by_programs(scored):
    assert scored.command("relations").exit_code == 0
    assert json.loads(scored.command("relations", "--format", "json").stdout)
