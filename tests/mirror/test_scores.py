from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import Mirror, Scan, scores

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = date(2026, 2, 28)
LARGE = Decimal("9999999999999999.99")
PEOPLE = {
    "c1": ("Zoé", "Adam"),
    "c2": (None, "Baker"),
    "c3": ("Ann", "Clark"),
    "c4": ("ANN", "CLARK"),
}


@pytest.fixture
def mirror():
    with Mirror.in_memory() as opened:
        columns = tuple(catalogue().modules["Contacts"].columns)
        scan = Scan("Contacts", 0, None, None, None, False, None, NOW, columns)
        opened.records.begin([scan])
        empty = dict.fromkeys(columns)
        page = [
            empty | {"id": id, "first_name": first, "last_name": last, "date_modified": NOW}
            for id, (first, last) in PEOPLE.items()
        ]
        opened.records.store_page(scan, page, {}, after_id="c4", last=True)
        yield opened


def scored(**values):
    """Scores of the four people: a list a column, the rest the same for all."""
    columns = {
        "customer_id": list(PEOPLE),
        "rfm_segment": "champions",
        "purchase_count": 1,
        "purchase_total": Decimal("10.00"),
        "last_purchase": DAY,
        "recency_days": 1,
        "rfm_reason_en": "because",
        "rfm_reason_fr": "parce que",
        "as_of": DAY,
    } | values
    rows = {
        name: value if isinstance(value, list) else [value] * len(PEOPLE)
        for name, value in columns.items()
    }
    return pd.DataFrame({name: pd.Series(value, dtype=object) for name, value in rows.items()})


def column(mirror, name, **options):
    frame = mirror.scores.customers("contacts", "en", **options)
    return dict(zip(frame["customer_id"], frame[name], strict=True))


def test_amounts_come_back_as_exact_decimals(mirror):
    amounts = [Decimal("0.10"), Decimal("-0.01"), LARGE, None]
    mirror.scores.save("contacts", scored(purchase_total=amounts))
    found = column(mirror, "purchase_total")
    assert list(map(found.get, PEOPLE)) == amounts
    assert isinstance(found["c1"], Decimal)


def test_dates_come_back_as_dates_and_what_is_missing_as_none(mirror):
    days = [date(1970, 1, 1), date(2026, 2, 28), None, date(9999, 12, 31)]
    mirror.scores.save("contacts", scored(last_purchase=days))
    found = column(mirror, "last_purchase")
    assert list(map(found.get, PEOPLE)) == days
    assert type(found["c1"]) is date


def test_whole_numbers_stay_whole_beside_missing_ones(mirror):
    counts = [3, None, 0, 2**40]
    mirror.scores.save("contacts", scored(purchase_count=counts))
    found = column(mirror, "purchase_count")
    assert list(map(found.get, PEOPLE)) == counts
    assert type(found["c1"]) is int


@pytest.mark.parametrize("at_once", [1, 3, 4])
def test_scores_that_are_stored_in_parts_are_all_there(mirror, monkeypatch, at_once):
    monkeypatch.setattr(scores, "_AT_ONCE", at_once)
    counts, reasons = [3, None, 0, 4], ["a", None, "c", None]
    for _ in range(2):
        mirror.scores.save("contacts", scored(purchase_count=counts, rfm_reason_en=reasons))
    assert list(map(column(mirror, "purchase_count").get, PEOPLE)) == counts
    assert list(map(column(mirror, "rfm_reason").get, PEOPLE)) == reasons


def test_integers_of_pandas_come_back_as_they_were(mirror):
    counts = pd.array([3, None, 0, 4], dtype="Int64")
    mirror.scores.save("contacts", scored().assign(purchase_count=counts))
    assert list(map(column(mirror, "purchase_count").get, PEOPLE)) == [3, None, 0, 4]


def test_texts_come_back_as_they_were(mirror):
    sentences = ["L'été « à 100 % »", "a\nb;c,'d'\"e\"", "", "NULL"]
    mirror.scores.save("contacts", scored(rfm_reason_en=sentences))
    assert list(map(column(mirror, "rfm_reason").get, PEOPLE)) == sentences


def test_saving_again_replaces_everything(mirror):
    mirror.scores.save("contacts", scored())
    mirror.scores.save("contacts", scored(rfm_segment="lost").head(2))
    assert mirror.scores.count("contacts") == 2
    assert set(column(mirror, "rfm_segment").values()) == {"lost"}


def test_scores_that_cannot_be_saved_leave_the_old_ones(mirror):
    mirror.scores.save("contacts", scored())
    with pytest.raises(TypeError):
        mirror.scores.save("contacts", scored(purchase_total=[Decimal(1), 1.5, None, None]))
    assert mirror.scores.count("contacts") == 4


def test_scores_are_there_after_opening_again(tmp_path):
    with Mirror.open(tmp_path) as mirror:
        mirror.scores.save("accounts", scored())
    with Mirror.open(tmp_path) as mirror:
        assert mirror.scores.exist("accounts")
        assert not mirror.scores.exist("contacts")
        assert mirror.scores.as_of("accounts") == DAY


def test_without_a_customer_there_is_no_day(mirror):
    mirror.scores.save("contacts", scored().head(0))
    assert mirror.scores.as_of("contacts") is None
    assert mirror.scores.customers("contacts", "en").empty


def test_the_most_valuable_come_first_equals_by_id_and_unknown_last(mirror):
    amounts = [None, Decimal(5), Decimal(7), Decimal(5)]
    mirror.scores.save("contacts", scored(purchase_total=amounts))
    frame = mirror.scores.customers("contacts", "en")
    assert frame["customer_id"].to_list() == ["c3", "c2", "c4", "c1"]


def test_a_segment_and_a_limit_narrow_the_list(mirror):
    segments = ["lost", "champions", "lost", "lost"]
    mirror.scores.save("contacts", scored(rfm_segment=segments))
    assert set(column(mirror, "rfm_segment", segment="champions")) == {"c2"}
    assert set(column(mirror, "rfm_segment", segment="lost", limit=2)) == {"c1", "c3"}
    assert column(mirror, "rfm_segment", limit=0) == {}


def test_the_reason_is_in_the_language_asked_for_and_in_one_column(mirror):
    mirror.scores.save("contacts", scored())
    frame = mirror.scores.customers("contacts", "fr")
    assert set(frame["rfm_reason"]) == {"parce que"}
    assert [name for name in frame.columns if name.startswith("rfm_reason")] == ["rfm_reason"]


def test_a_name_is_what_there_is_of_it(mirror):
    mirror.scores.save("contacts", scored())
    assert column(mirror, "name") == {
        "c1": "Zoé Adam",
        "c2": "Baker",
        "c3": "Ann Clark",
        "c4": "ANN CLARK",
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("c2", ["c2"]),
        ("zoé adam", ["c1"]),
        ("ZOÉ ADAM", ["c1"]),
        ("Ann Clark", ["c3", "c4"]),
        ("C2", ["c2"]),
        ("  zoe   ADAM ", ["c1"]),
        ("adam", ["c1"]),
        ("ann cl", []),
        ("%", []),
        ("", []),
        (" ", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_customer_is_found_by_id_or_name_or_a_part_that_fits_nobody_else(mirror, asked, found):
    mirror.scores.save("contacts", scored())
    mirror.scores.save("accounts", scored().head(0))
    assert [one.id for one in mirror.scores.find(asked).people] == found


def test_several_whom_a_part_of_a_name_fits_are_offered(mirror):
    mirror.scores.save("contacts", scored())
    mirror.scores.save("accounts", scored().head(0))
    sought = mirror.scores.find("clark ann")
    assert (sought.people, sought.several) == ([], True)
    assert [one.id for one in sought.offered] == ["c3", "c4"]


@pytest.mark.parametrize("asked", ["zoe adan", "Adamm", "zoé"])
def test_names_that_are_alike_are_offered_where_nobody_fits(mirror, asked):
    mirror.scores.save("contacts", scored())
    mirror.scores.save("accounts", scored().head(0))
    sought = mirror.scores.find(asked)
    assert "c1" in [one.id for one in sought.people + sought.offered]
    assert not sought.several


def test_a_customer_that_is_found_has_every_figure_exactly(mirror):
    mirror.scores.save("contacts", scored(purchase_total=LARGE))
    (row,) = mirror.scores.customer("contacts", "c1", "en").to_dict("records")
    assert (row["purchase_total"], row["last_purchase"], row["as_of"]) == (LARGE, DAY, DAY)


def test_only_what_was_read_decides_whether_scores_stand(mirror):
    known = catalogue()
    read = {module.table for module in known.modules.values()} | known.links.keys() | {"history"}
    counted = {part.partition(":")[0] for part in mirror.digest().split(";")}
    assert counted
    assert counted - read == set()
