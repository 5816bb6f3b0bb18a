"""A mirror that was made by an earlier version gives up what nothing needs any more."""

from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.columns import MARK

AT = "2026-03-02 01:00:00"


def earlier(home):
    """A mirror of a version that read three columns more, with a page read and one under way."""
    with Mirror.open(home) as mirror:
        own = list(catalogue().columns_of("Accounts"))
        ask = mirror.connection.execute
        for name in ("website", "employees", "slogan"):
            ask(f'ALTER TABLE accounts ADD COLUMN "{name}" VARCHAR')
        ask("INSERT INTO asked_columns VALUES ('Accounts', 'slogan')")
        ask("INSERT INTO accounts (id, name, website) VALUES ('a', 'Ada', 'ada.example')")
        read = [*own[:4], "website", *own[4:], "slogan"]
        ask("INSERT INTO bookmarks VALUES ('Accounts', ?, ?, 'fast')", [AT, read])
        ask(
            "INSERT INTO scans (module, range_number, finished, started_at, columns, path)"
            " VALUES ('Accounts', 0, false, ?, ?, 'fast')",
            [AT, read],
        )
        ask("DELETE FROM schema_migrations WHERE starts_with(name, ?)", [MARK])
    return own


def columns_of(mirror, table):
    return {row[0] for row in mirror.connection.execute(f"DESCRIBE {table}").fetchall()}


def test_a_column_that_nothing_needs_any_more_goes_and_the_records_stay(tmp_path):
    own = earlier(tmp_path)
    with Mirror.open(tmp_path) as mirror:
        assert columns_of(mirror, "accounts") - {"slogan"} == set(own)
        assert mirror.connection.execute("SELECT name FROM accounts").fetchall() == [("Ada",)]


def test_what_was_read_in_more_columns_need_not_be_read_anew(tmp_path):
    own = earlier(tmp_path)
    with Mirror.open(tmp_path) as mirror:
        bookmark = mirror.records.bookmark("Accounts")
        (scan,) = mirror.connection.execute("SELECT columns FROM scans").fetchall()
    assert [name for name in bookmark.columns if name != "slogan"] == own
    assert [name for name in scan[0] if name != "slogan"] == own
