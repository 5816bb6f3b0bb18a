"""What chaos holds programmes to: each promise is found broken where it is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from chaos_programmes import ADDRESSING, JOURNEY
from chaos_promised import Listed, broken

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.mirror import DeadLetter, Mirror

FIRST = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LISTS = {"hello": "journey/hello/treated", "ring": "journey/ring/treated"}
CONTROL = "journey/hello/control"


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "programmes").mkdir()
    (home / "programmes" / "journey.toml").write_text(JOURNEY, encoding="utf-8")
    (home / "addressing.toml").write_text(ADDRESSING, encoding="utf-8")
    return Rules(home)


@pytest.fixture(scope="module")
def one_mirror():
    with Mirror.in_memory() as opened:
        opened.connection.execute(
            "CREATE TABLE scores_contacts (customer_id TEXT, complaints TEXT)"
        )
        yield opened


@pytest.fixture
def mirror(one_mirror):
    """A mirror with Anna, who is in the journey since the first day, and its lists."""
    tables = (
        "contacts", "campaign_log", "dead_letters", "scores_contacts", "programmes",
        "programme_lists", "programme_enrolments", "programme_contacts",
    )  # fmt: skip
    for table in tables:
        one_mirror.connection.execute(f"DELETE FROM {table}")
    run = one_mirror.connection.execute
    run(
        "INSERT INTO contacts (id, email1, email_opt_out, invalid_email, phone_work, date_modified)"
        " VALUES ('anna', 'anna@example.com', false, false, '1', '2026-02-01')"
    )
    run("INSERT INTO scores_contacts VALUES ('anna', 'none')")
    run("INSERT INTO programmes VALUES ('journey', true, ?, NULL, true)", [FIRST])
    for id in (*LISTS.values(), CONTROL):
        run("INSERT INTO programme_lists VALUES (?, ?, ?, ?, 'Contacts')", [id, *id.split("/")])
    enrolled(one_mirror)
    contact(one_mirror)
    return one_mirror


def enrolled(mirror, since=0, wave="hello", arm="treated", ended=None, occasion=""):
    end = None if ended is None else FIRST + timedelta(days=ended)
    mirror.connection.execute(
        "INSERT INTO programme_enrolments VALUES ('journey', 'anna', ?, ?, ?, '', ?, ?, 1, false,"
        " ?, NULL)",
        [FIRST + timedelta(days=since), arm, occasion, wave, FIRST + timedelta(days=since), end],
    )


def contact(mirror, day=0, wave="hello"):
    mirror.connection.execute(
        "INSERT INTO programme_contacts VALUES ('journey', ?, 'anna', 'mail', ?)",
        [wave, FIRST + timedelta(days=day)],
    )


def found(mirror, rules, members=(), added=(), *, complete=True, touched=()):
    return list(broken(mirror, rules, Listed(members, touched, complete), added))


ON_LIST = [(LISTS["hello"], "anna")]


def test_where_all_is_well_nothing_is_found(mirror, rules):
    assert found(mirror, rules, ON_LIST, ON_LIST) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE contacts SET email_opt_out = true", "cannot be reached"),
        ("UPDATE contacts SET lawful_basis = '^withdrawn^'", "withdrew"),
        ("UPDATE contacts SET no_profiling_c = true", "objects"),
        ("UPDATE scores_contacts SET complaints = 'serious'", "has a serious complaint"),
        ("DELETE FROM contacts", "is not there"),
        (
            "INSERT INTO campaign_log (id, activity_type, activity_date, target_type, target_id)"
            " VALUES ('1', 'removed', '2026-02-02', 'Contacts', 'anna')",
            "cannot be reached",
        ),
    ],
)
def test_who_may_not_be_addressed_is_found_on_a_list_and_on_the_way_there(
    mirror, rules, change, why
):
    mirror.connection.execute(change)
    name = "journey/hello/treated"
    assert found(mirror, rules, ON_LIST) == [f"anna is on {name}: {why}"]
    assert found(mirror, rules, added=ON_LIST) == [f"anna was put on {name}: {why}"]
    assert found(mirror, rules, ON_LIST, touched=ON_LIST) == []
    assert found(mirror, rules, ON_LIST, complete=False) == []


def test_who_cannot_be_read_any_more_is_found(mirror, rules):
    mirror.dead_letters.add("read", [DeadLetter("Contacts", "anna")], NOON)
    assert found(mirror, rules, ON_LIST) == ["anna is on journey/hello/treated: cannot be read"]


def test_a_list_of_a_stopped_programme_and_the_wrong_arm_are_found(mirror, rules):
    assert found(mirror, rules, [(CONTROL, "anna")]) == [
        "anna is on journey/hello/control and is treated"
    ]
    mirror.connection.execute("UPDATE programmes SET running = false")
    assert "which was stopped" in found(mirror, rules, ON_LIST)[0]


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ([(3, "hello")], "a step twice"),
        ([(3, "last")], "a step was skipped"),
        ([(0, "ring")], "ring came too early"),
        ([(3, "ring")], "stands at hello after"),
    ],
)
def test_a_step_that_is_wrong_is_found(mirror, rules, more, line):
    for day, wave in more:
        contact(mirror, day, wave)
    assert any(line in one for one in found(mirror, rules))


def test_a_control_that_was_addressed_is_found(mirror, rules):
    mirror.connection.execute("UPDATE programme_enrolments SET arm = 'control'")
    assert any("a control was addressed" in one for one in found(mirror, rules))


@pytest.mark.parametrize(
    ("since", "occasion", "line"),
    [(3, "", "entered again within 3 days"), (9, "birthday", "twice for birthday")],
)
def test_who_enters_again_too_soon_or_for_the_same_is_found(mirror, rules, since, occasion, line):
    mirror.connection.execute("DELETE FROM programme_enrolments")
    enrolled(mirror, ended=1, occasion=occasion)
    enrolled(mirror, since=since, occasion=occasion)
    contact(mirror, since)
    assert any(line in one for one in found(mirror, rules))


def test_who_is_addressed_more_often_than_the_cap_allows_is_found(mirror, rules):
    for day, wave in ((1, "ring"), (3, "last")):
        contact(mirror, day, wave)
    assert any("addressed 3 times in 6 days" in one for one in found(mirror, rules))
