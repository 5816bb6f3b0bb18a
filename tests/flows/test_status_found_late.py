"""A status that only the comparison finds is dated by what was read, not by the bridge's write."""

import pytest


@pytest.mark.story
def test_a_status_that_a_restored_database_brings_back_is_dated_once(filled):
    case = next(
        r for r in filled.store.rows("Cases") if r["state"] == "Closed" and r["complaint_c"]
    )
    before_the_first_sync = filled.sandbox.keep()
    filled.store.update("Cases", case["id"], {"status": "Open_New", "state": "Open"})
    filled.sync()
    filled.sandbox.restore(before_the_first_sync)
    filled.clock.advance(hours=25)
    filled.sync()
    query = "SELECT resolution_hours FROM scores_cases WHERE case_id = ?"
    first = filled.mirrored(query, case["id"])
    filled.clock.advance(hours=1)
    assert filled.sync().written == 0
    assert filled.mirrored(query, case["id"]) == first
