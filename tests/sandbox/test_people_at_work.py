"""People who save a record while the bridge announces its change of segment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from suitecrm_bridge.sandbox import EditConflict, Faults, Sandbox
from suitecrm_bridge.sandbox.holding import Holding, RecordTaken

from .conftest import uuid

SCORES = "V8/custom/bridge/v1/scores/Contacts"
COLUMNS = ["id", "rfm_segment_c", "rfm_recency_c"]


def announce(crm, *ids):
    rows = [[id, "champions", 5] for id in ids]
    return crm.send("POST", SCORES, {"columns": COLUMNS, "rows": rows}).get_json()


def meanwhile(crm, act: Callable[[], object]) -> list[threading.Thread]:
    """Let somebody act while the first record is saved, and wait until they wait for it."""
    threads: list[threading.Thread] = []

    def hook(module: str, id: str) -> None:
        if not threads:
            threads.append(threading.Thread(target=act))
            threads[0].start()
            while crm.store.holding.waiting("contacts", id) < 2:
                threads[0].join(0.001)

    crm.sandbox.scores.hooks.append(hook)
    return threads


def test_what_a_person_saves_while_their_record_is_announced_is_kept(people):
    edit = people.sandbox.people.read("Contacts", uuid(1))
    threads = meanwhile(people, lambda: edit.save(phone_work="+33 1"))
    assert announce(people, uuid(1))["written"] == 1
    threads[0].join(5)
    assert people.store.row("Contacts", uuid(1))["phone_work"] == "+33 1"


def test_a_save_of_what_was_read_before_takes_the_score_back_and_dates_the_record(people):
    before = people.store.row("Contacts", uuid(1))
    edit = people.sandbox.people.read("Contacts", uuid(1))
    announce(people, uuid(1))
    people.clock.advance(minutes=1)
    edit.save(phone_work="+33 1")
    row = people.store.row("Contacts", uuid(1))
    assert (row["rfm_segment_c"], row["rfm_recency_c"]) == (None, None)
    assert row["date_modified"] > before["date_modified"]


def test_who_saves_another_record_does_not_wait(people):
    def save(module: str, id: str) -> None:
        people.sandbox.people.change("Contacts", uuid(2), {"phone_work": "+33 2"})

    people.sandbox.scores.hooks.append(save)
    announce(people, uuid(1))
    assert people.store.row("Contacts", uuid(2))["phone_work"] == "+33 2"


def test_a_form_opened_before_an_announced_write_is_saved_without_a_question(people):
    form = people.sandbox.people.open("Contacts", uuid(1))
    people.clock.advance(minutes=5)
    announce(people, uuid(1))
    form.save(phone_work="+33 1")
    assert people.store.row("Contacts", uuid(1))["phone_work"] == "+33 1"


def test_a_form_of_a_record_that_somebody_else_has_saved_asks_what_to_do(people):
    form = people.sandbox.people.open("Contacts", uuid(1))
    people.clock.advance(minutes=5)
    people.sandbox.people.change("Contacts", uuid(1), {"phone_work": "+33 2"})
    with pytest.raises(EditConflict):
        form.save(phone_work="+33 1")
    assert people.store.row("Contacts", uuid(1))["phone_work"] == "+33 2"


def test_saving_a_form_ends_no_relation_and_brings_no_deleted_record_back(people):
    form = people.sandbox.people.open("Contacts", uuid(1))
    links = people.store.link_rows("accounts_contacts")
    form.save(phone_work="+33 1")
    assert people.store.link_rows("accounts_contacts") == links
    late = people.sandbox.people.read("Contacts", uuid(1))
    people.store.update("Contacts", uuid(1), {"deleted": 1})
    late.save(phone_work="+33 2")
    assert people.store.row("Contacts", uuid(1))["deleted"] == 1


def test_a_record_whose_hook_fails_takes_no_other_along(people):
    def fail(module: str, id: str) -> None:
        if id == uuid(2):
            raise RuntimeError("the mail server said secret words")

    people.sandbox.scores.hooks.append(fail)
    answer = announce(people, uuid(1), uuid(2), uuid(3))
    assert answer["rows"] == {uuid(1): "written", uuid(2): "failed", uuid(3): "written"}
    assert [(one["id"], one["code"]) for one in answer["failed"]] == [(uuid(2), "failed")]
    assert "secret" not in str(answer)
    assert people.store.row("Contacts", uuid(2))["rfm_recency_c"] is None


def test_a_record_that_somebody_else_holds_for_too_long_is_busy(people):
    people.sandbox.scores.patience = 0
    with held_elsewhere(people.store.holding, "contacts", uuid(1)):
        answer = announce(people, uuid(1), uuid(2))
    assert answer["rows"] == {uuid(1): "failed", uuid(2): "written"}
    assert [one["code"] for one in answer["failed"]] == ["busy"]
    assert announce(people, uuid(1))["written"] == 1


def test_a_record_deleted_before_its_turn_is_rejected_by_itself(people):
    def delete(module: str, id: str) -> None:
        people.store.update("Contacts", uuid(2), {"deleted": 1})

    people.sandbox.scores.hooks.append(delete)
    assert announce(people, uuid(1), uuid(2))["rows"] == {uuid(1): "written", uuid(2): "rejected"}


def test_a_record_that_got_its_segment_before_its_turn_is_not_announced_again(people):
    announced = []

    def write(module: str, id: str) -> None:
        announced.append(id)
        people.store.update("Contacts", uuid(2), {"rfm_segment_c": "champions"})

    people.sandbox.scores.hooks.append(write)
    answer = announce(people, uuid(1), uuid(2))
    assert (answer["written"], answer["notified"]) == (2, 1)
    assert announced == [uuid(1)]


def test_the_switch_for_saving_names_records_that_take_longer():
    faults = Faults.parse("save=0.5:2", 1)
    marked = [faults.marked("save", str(n)) for n in range(100)]
    assert 20 < sum(marked) < 80


def test_a_save_that_takes_long_is_counted():
    with Sandbox(faults=Faults.parse("save=1:0")) as sandbox, sandbox.serve() as server:
        for hook in sandbox.scores.hooks:
            hook("Contacts", uuid(1))
        assert server.faults.counts["save"] == 1


def test_who_holds_a_record_may_hold_it_again_and_nobody_else_may():
    holding = Holding()
    with (
        holding.hold("contacts", "a"),
        holding.hold("contacts", "a", patience=0),
        held_elsewhere(holding, "contacts", "b"),
        pytest.raises(RecordTaken),
        holding.hold("contacts", "b", patience=0),
    ):
        pass
    assert holding.waiting("contacts", "a") == holding.waiting("contacts", "b") == 0


class held_elsewhere:  # noqa: N801 (reads as a verb)
    """Another thread holds a record."""

    def __init__(self, holding: Holding, table: str, id: str) -> None:
        self._holds, self._ends = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._hold, args=(holding, table, id))

    def _hold(self, holding: Holding, table: str, id: str) -> None:
        with holding.hold(table, id):
            self._holds.set()
            self._ends.wait(5)

    def __enter__(self) -> None:
        self._thread.start()
        self._holds.wait(5)

    def __exit__(self, *error: object) -> None:
        self._ends.set()
        self._thread.join()
