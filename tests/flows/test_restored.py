"""A SuiteCRM that is not as the bridge left it is compared at once, before anything is written."""

from functools import cache

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.errors import TooManyVanished
from tests.flows.hooks import always, say_nothing_of_marks
from tests.flows.made_once import own_place
from tests.flows.test_lost import figures, lose, others
from tests.flows.world import WRITES, fast_base, mirror_rows, world_of


@cache
def twice_synced_base(folder):
    """Return database and home after two syncs, and a backup of the database from in between."""
    base = own_place(folder)
    with world_of(base, *fast_base(folder), routes=True) as opened:
        kept = opened.sandbox.keep()
        opened.clock.advance(hours=1)
        opened.sync()
        return base / "crm.sqlite", opened.home, kept


@pytest.fixture
def synced(bases, tmp_path):
    """A SuiteCRM that was synced twice over the fast routes, and its backup from in between."""
    *base, kept = twice_synced_base(bases)
    with world_of(tmp_path, *base, routes=True) as opened:
        opened.kept = kept
        opened.clock.advance(hours=1)
        yield opened


def empty_every_figure(opened):
    """What a backup from before the first sync holds."""
    for (module, id), held in figures(opened).items():
        lose(opened, module, id, **dict.fromkeys(held))


@pytest.mark.story
def test_a_package_that_was_installed_anew_is_filled_again_at_once(synced, tmp_path):
    before, beside = figures(synced), others(synced)
    mark = synced.sandbox.marks["installation"]
    synced.sandbox.uninstall()
    synced.sandbox.install()
    assert not any(any(held.values()) for held in figures(synced).values())
    assert synced.sandbox.marks["installation"] not in (None, mark)
    summary = synced.sync()
    assert summary.written > 0
    after = figures(synced)
    customers = [key for key in before if key[0] in ("Contacts", "Accounts")]
    for name in ("rfm_segment_c", "rfm_score_c", "purchase_total_c", "last_purchase_c"):
        assert [after[key][name] for key in customers] == [before[key][name] for key in customers]
    # What people had filled in went with the columns, and so did what followed from it.
    other = {"BRIDGE_HOME": str(tmp_path / "another home")}
    assert synced.sync(dry_run=True, **other).planned == 0
    assert without(others(synced)) == without(beside)
    assert synced.sync().written == 0


def without(rows):
    """Leave the package's fields aside that people fill in: they went with its columns."""
    return {
        module: [{n: row[n] for n in row if not n.endswith("_c")} for row in some]
        for module, some in rows.items()
    }


@pytest.mark.long
def test_a_package_that_kept_its_columns_costs_no_write(synced):
    synced.sandbox.uninstall(drop_columns=False)
    synced.sandbox.install()
    assert synced.sync().written == 0


def test_an_upgrade_of_the_package_changes_nothing(synced):
    marks = dict(synced.sandbox.marks)
    synced.sandbox.install()
    assert dict(synced.sandbox.marks) == marks
    synced.sync()
    assert synced.count("GET", "/digests/Contacts") == 0


@pytest.mark.story
def test_a_database_from_before_the_first_sync_is_filled_at_once(fast):
    kept = fast.sandbox.keep()
    fast.sync()
    before = figures(fast)
    fast.sandbox.restore(kept)
    assert fast.sync().written == WRITES
    assert figures(fast) == before


@pytest.mark.story
def test_a_database_from_before_the_last_sync_ends_as_if_it_had_not_been_restored(synced):
    before, beside = figures(synced), others(synced)
    invoice = next(r for r in synced.store.rows("AOS_Invoices") if r["status"] == "Paid")
    synced.clock.advance(hours=1)
    synced.store.update("AOS_Invoices", invoice["id"], {"status": "Cancelled"})
    assert synced.sync().written > 0
    assert figures(synced) != before
    synced.sandbox.restore(synced.kept)
    synced.sync()
    assert (figures(synced), others(synced)) == (before, beside)
    assert synced.sync().written == 0


@pytest.mark.story
def test_a_database_from_the_midst_of_a_push_is_compared_at_once(fast):
    kept = []

    def keep(method, path):
        if path.endswith("/scores/Accounts") and not kept:
            kept.append(fast.sandbox.keep())

    fast.server.before_request.append(keep)
    fast.sync()
    before = figures(fast)
    fast.sandbox.restore(kept[0])
    assert 0 < fast.sync().written < WRITES
    assert figures(fast) == before


@pytest.mark.story
def test_a_restored_database_is_noticed_once(synced, caplog):
    synced.sandbox.restore(synced.kept)
    synced.sync()
    assert "restored from a backup" in caplog.text
    caplog.clear()
    synced.forget()
    synced.sync()
    assert "restored" not in caplog.text
    assert synced.count("GET", "/digests/Contacts") == 0


@pytest.mark.long
def test_a_link_and_a_record_that_the_restored_database_lacks_leave_the_mirror(synced):
    account = synced.store.rows("Accounts")[0]["id"]
    contact = synced.store.rows("Contacts")[0]
    synced.clock.advance(hours=1)
    new = "00000000-aaaa-4000-8000-000000000001"
    row = {**contact, "id": new, "account_id": account, "date_modified": synced.store.now()}
    synced.store.load("Contacts", [row])
    synced.sync()
    query = "SELECT count(*) FROM accounts_contacts WHERE contact_id = ?"
    assert synced.mirrored(query, new) == [(1,)]
    synced.sandbox.restore(synced.kept)
    assert synced.sync().deleted == {"Contacts": 1}
    assert synced.mirrored(query, new) == [(0,)]


@pytest.mark.long
def test_a_mirror_of_the_restored_database_is_that_of_a_bridge_that_meets_it_first(
    synced, tmp_path
):
    synced.clock.advance(hours=1)
    case = synced.store.rows("Cases")[0]["id"]
    synced.store.update("Cases", case, {"status": "Closed_Closed", "state": "Closed"})
    synced.sync()
    synced.sandbox.restore(synced.kept)
    synced.sync()
    other = tmp_path / "another home"
    synced.sync(dry_run=True, BRIDGE_HOME=str(other))
    ours, theirs = mirror_rows(synced.home), mirror_rows(other)
    for table in ("contacts", "accounts", "cases", "invoices", "contacts_cases"):
        assert ours[table] == theirs[table]


@pytest.mark.long
def test_the_history_that_the_restored_database_lacks_leaves_the_mirror(synced):
    case = next(r for r in synced.store.rows("Cases") if r["state"] != "Closed")["id"]
    query = "SELECT count(*) FROM history WHERE record_id = ?"
    before = synced.mirrored(query, case)
    synced.clock.advance(hours=1)
    synced.store.update("Cases", case, {"status": "Closed_Closed", "state": "Closed"})
    synced.sync()
    assert synced.mirrored(query, case) > before
    synced.sandbox.restore(synced.kept)
    synced.sync()
    assert synced.mirrored(query, case) == before


@pytest.mark.story
def test_a_comparison_that_was_stopped_is_made_by_the_next_run(synced):
    removed = [row["id"] for row in synced.store.rows("Contacts")][::2]
    before = figures(synced)
    synced.sandbox.restore(synced.kept)
    lose(synced, "Accounts", synced.store.rows("Accounts")[0]["id"], clv_c=None, rfm_score_c="9")
    synced.store.write("UPDATE contacts SET deleted = 2 WHERE id = ?", [[id] for id in removed])
    synced.store.write("DELETE FROM contacts WHERE deleted = ?", [[2]])
    for _ in range(2):
        with pytest.raises(TooManyVanished):
            synced.sync()
    synced.sync(BRIDGE_MAX_VANISHED="100")
    accounts = {key: held for key, held in before.items() if key[0] == "Accounts"}
    assert {key: figures(synced)[key]["rfm_score_c"] for key in accounts} == {
        key: held["rfm_score_c"] for key, held in accounts.items()
    }


def test_the_comparison_waits_for_a_run_that_reads_where_one_only_writes(synced):
    before = figures(synced)
    synced.sandbox.restore(synced.kept)
    lose(synced, "Contacts", synced.store.rows("Contacts")[0]["id"], rfm_score_c=None)
    assert synced.push().written == 0
    assert synced.sync().written == 1
    assert figures(synced) == before


@pytest.mark.long
def test_a_pull_of_one_module_leaves_the_others_to_the_next(synced):
    before = figures(synced)
    synced.sandbox.restore(synced.kept)
    lose(synced, "Accounts", synced.store.rows("Accounts")[0]["id"], rfm_score_c=None)
    synced.pull("Contacts")
    assert synced.sync().written == 1
    assert figures(synced) == before


@pytest.mark.story
@pytest.mark.parametrize("effect", ["before", "after"])
def test_a_claim_whose_answer_got_lost_is_no_reason_to_compare(synced, effect):
    answer = synced.sandbox.app.answer

    def lost(request):
        if not request.path.endswith("/claims"):
            return answer(request)
        if effect == "after":
            answer(request)
        return Response("", 502)

    synced.sandbox.app.answer = lost
    done = synced.command("sync", "--past", "--as-of", "2026-03-08")
    assert done.exit_code == 4
    synced.sandbox.app.answer = answer
    synced.forget()
    synced.sync()
    assert synced.count("GET", "/digests/Contacts") == 0


@pytest.mark.story
def test_a_mirror_from_a_backup_compares_at_once(synced, tmp_path):
    copy = tmp_path / "older mirror"
    copy.write_bytes((synced.home / "mirror.duckdb").read_bytes())
    before = figures(synced)
    synced.clock.advance(hours=1)
    synced.sync()
    lose(synced, "Contacts", synced.store.rows("Contacts")[0]["id"], rfm_score_c=None)
    (synced.home / "mirror.duckdb").write_bytes(copy.read_bytes())
    assert synced.sync().written == 1
    assert figures(synced) == before


def test_a_package_without_marks_is_no_reason_to_compare(synced):
    say_nothing_of_marks(synced)
    synced.sync()
    assert synced.count("GET", "/digests/Contacts") == 0
    assert synced.count("POST", "/claims") == 0


@pytest.mark.story
def test_a_user_who_may_not_claim_can_still_write(synced, caplog):
    refused = '{"error": {"code": "no_access", "message": "no"}}'
    hook = always("POST", "/claims", lambda: Response(refused, 403))
    synced.server.before_request.append(hook)
    lose(synced, "Contacts", synced.store.rows("Contacts")[0]["id"], rfm_score_c=None)
    assert synced.sync(full=True).written == 1
    assert "another one would not be noticed" in caplog.text


@pytest.mark.story
def test_a_lost_task_is_opened_again_and_one_that_stands_is_not(synced):
    with synced.context() as context:
        context.mirror.connection.execute(
            "INSERT INTO reactions VALUES ('k', 'r', 's', '2026-03-01', 'id', '2026-03-01',"
            " '2026-03-01')"
        )
    synced.sandbox.restore(synced.kept)
    synced.sync()
    assert synced.mirrored("SELECT created_at FROM reactions WHERE key = 'k'") == [(None,)]


def test_customers_whose_segment_was_only_lost_are_not_announced(synced):
    before = {row["id"]: row["date_modified"] for row in synced.store.rows("Contacts")}
    synced.clock.advance(hours=1)
    for row in synced.store.rows("Contacts"):
        lose(synced, "Contacts", row["id"], rfm_segment_c=None)
    synced.sandbox.uninstall(drop_columns=False)
    synced.sandbox.install()
    assert synced.sync().written == len(before)
    after = {row["id"]: row["date_modified"] for row in synced.store.rows("Contacts")}
    assert after == before
    assert synced.mirrored("SELECT count(*) FROM believed_segments") == [(0,)]
