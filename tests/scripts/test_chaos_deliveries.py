"""What chaos holds deliveries to: each promise is found broken where it is."""

import json
from datetime import date
from types import SimpleNamespace

import pytest
from chaos_deliveries import ERRANDS, OF_WAVE, Deliveries

from suitecrm_bridge.catalogue import Rules
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.push.tasks import task_id

DAY = date(2026, 3, 1)
LETTERS, HOOKS = "letters/errands-letter-2026-03-01.csv", "webhooks/errands-told-2026-03-01.ndjson"


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "programmes").mkdir()
    (home / "programmes" / "errands.toml").write_text(ERRANDS, encoding="utf-8")
    return Rules(home)


@pytest.fixture(scope="module")
def one_mirror():
    with Mirror.in_memory() as opened:
        opened.connection.execute(
            "CREATE TABLE scores_contacts (customer_id TEXT, complaints TEXT)"
        )
        opened.connection.execute("INSERT INTO scores_contacts VALUES ('anna', 'none')")
        yield opened


@pytest.fixture
def mirror(one_mirror):
    """A mirror with Anna, who is in the errands and may be reached by everything."""
    run = one_mirror.connection.execute
    for table in ("contacts", "programme_deliveries", "programme_enrolments"):
        run(f"DELETE FROM {table}")
    run(
        "INSERT INTO contacts (id, email1, email_opt_out, invalid_email, phone_work,"
        " primary_address_street, primary_address_city, primary_address_postalcode, date_modified)"
        " VALUES ('anna', 'anna@example.com', false, false, '1', 'Way', 'York', 'Y1', '2026-02-01')"
    )
    run(
        "INSERT INTO programme_enrolments VALUES ('errands', 'anna', ?, 'treated', '', '',"
        " 'letter', ?, 1, false, NULL, NULL)",
        [DAY, DAY],
    )
    return one_mirror


def delivery(mirror, wave, channel, key=None, *, made=True, target=""):
    key = key or f"errands/{wave}/anna"
    mirror.connection.execute(
        "INSERT INTO programme_deliveries VALUES (?, 'errands', ?, 'anna', ?, ?, 'user', ?, ?,"
        " NULL, ?, false)",
        [key, wave, DAY, channel, DAY, target, DAY if made else None],
    )
    return key


def written(home, name, *lines):
    file = home / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def told(**person):
    who = {"id": "anna", "module": "Contacts", "email": None, "phone": None, "mobile": None}
    return json.dumps({"key": "errands/told/anna", "person": who | person})


def looked(home, tasks=()):
    rows = {
        "Tasks": [
            {"assigned_user_id": "user", "date_entered": f"{DAY} 12:00:00", "id": id}
            for id in tasks
        ]
    }
    return Deliveries(home, SimpleNamespace(rows=lambda module: rows.get(module, [])))


def test_a_letter_that_stands_in_one_file_once_is_right(mirror, rules, tmp_path):
    delivery(mirror, "letter", "letter", target="errands-letter-2026-03-01.csv")
    written(tmp_path, LETTERS, "Name,Reference", "Anna,anna")
    assert list(looked(tmp_path).broken(mirror, rules, ())) == []


@pytest.mark.parametrize("lines", [[], ["Anna,anna", "Anna,anna"]])
def test_one_that_is_in_no_file_or_in_two_is_found(mirror, rules, tmp_path, lines):
    delivery(mirror, "letter", "letter")
    written(tmp_path, LETTERS, "Name,Reference", *lines)
    [line] = looked(tmp_path).broken(mirror, rules, ())
    assert f"stands {len(lines)} times in files, was made 1 times" in line


def test_what_a_run_that_died_left_counts_once_it_was_noted(mirror, rules, tmp_path):
    written(tmp_path, f"{LETTERS}.unfinished", "Name,Reference", "Anna,anna")
    assert list(looked(tmp_path).broken(mirror, rules, ())) == []
    delivery(mirror, "letter", "letter", target="errands-letter-2026-03-01.csv")
    assert list(looked(tmp_path).broken(mirror, rules, ())) == []
    mirror.connection.execute("UPDATE programme_enrolments SET ended = ?", [DAY])
    assert list(looked(tmp_path).left(mirror, rules)) == [
        "errands-letter-2026-03-01.csv.unfinished was left"
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("lawful_basis = '^withdrawn^'", "withdrew"),
        ("no_profiling_c = true", "objects"),
        ("primary_address_city = ''", "cannot be reached"),
    ],
)
def test_a_letter_to_who_says_no_is_found(mirror, rules, tmp_path, change, why):
    delivery(mirror, "letter", "letter")
    written(tmp_path, LETTERS, "Name,Reference", "Anna,anna")
    mirror.connection.execute(f"UPDATE contacts SET {change}")
    [line] = looked(tmp_path).broken(mirror, rules, ())
    assert line == f"errands/letter/anna was delivered: {why}"


@pytest.mark.parametrize(
    ("change", "told_of", "channel"),
    [
        ("email_opt_out = true", {"email": "anna@example.com"}, "mail"),
        ("do_not_call = true", {"mobile": "1"}, "call"),
    ],
)
def test_a_webhook_that_tells_too_much_is_found(mirror, rules, tmp_path, change, told_of, channel):
    delivery(mirror, "told", "webhook")
    written(tmp_path, HOOKS, told(**told_of))
    assert list(looked(tmp_path).broken(mirror, rules, ())) == []
    mirror.connection.execute(f"UPDATE contacts SET {change}")
    [line] = looked(tmp_path).broken(mirror, rules, ())
    assert line == f"a webhook names how anna is reached by {channel}"


def test_tasks_beyond_the_quota_are_found_by_what_suitecrm_has(mirror, rules, tmp_path):
    keys = [delivery(mirror, "task", "task", f"errands/task/{n}") for n in range(OF_WAVE + 1)]
    tasks = [task_id(key) for key in keys]
    assert list(looked(tmp_path, tasks[1:]).broken(mirror, rules, ())) == []
    [line] = looked(tmp_path, tasks).broken(mirror, rules, ())
    assert line == f"user on {DAY} got {OF_WAVE + 1} calls and tasks, of {OF_WAVE}"


def test_what_was_never_delivered_is_found(mirror, rules, tmp_path):
    key = delivery(mirror, "letter", "letter", made=False)
    assert list(looked(tmp_path).left(mirror, rules)) == [f"{key} was never delivered"]
