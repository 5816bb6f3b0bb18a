import threading

import pytest

from suitecrm_bridge.catalogue import SEGMENT_FIELD
from suitecrm_bridge.crm import NotWritten
from suitecrm_bridge.errors import (
    AuthenticationError,
    CrmDown,
    CrmUnreachable,
    InvalidRequest,
    RecordNotFound,
    RequestRefused,
    ServerFailure,
    Stopped,
)
from suitecrm_bridge.push import Change, apply, apply_fast
from suitecrm_bridge.push.apply import ANNOUNCED_AT_ONCE


class Crm:
    """Answers updates from a table of errors by record id."""

    def __init__(self, errors=None, stored=None):
        self.errors = errors or {}
        self.stored = stored or {}
        self.updated = []
        self.lock = threading.Lock()

    def module(self, key):
        return self

    def update(self, record_id, attributes):
        with self.lock:
            self.updated.append(record_id)
        if record_id in self.errors:
            raise self.errors[record_id]
        return {"id": record_id, **attributes, **self.stored}


def changes(count):
    return [Change("Contacts", f"id-{n}", {"rfm_score_c": "555"}, {}) for n in range(count)]


def test_every_change_is_written_once():
    crm = Crm()
    outcomes = list(apply(crm, changes(25), parallel=3))
    assert sorted(crm.updated) == sorted(f"id-{n}" for n in range(25))
    assert all(o.record == {"id": o.change.record_id, "rfm_score_c": "555"} for o in outcomes)


def test_a_record_that_fails_does_not_stop_the_others():
    outcomes = list(apply(Crm({"id-1": RecordNotFound("gone")}), changes(5), parallel=2))
    assert len(outcomes) == 5
    assert [o.change.record_id for o in outcomes if o.error] == ["id-1"]


@pytest.mark.parametrize("error", [AuthenticationError("no"), CrmDown("down"), Stopped("asked")])
def test_an_error_that_no_record_escapes_stops_the_writing(error):
    crm = Crm({f"id-{n}": error for n in range(2, 1000)})
    outcomes = []
    with pytest.raises(type(error)):
        outcomes.extend(apply(crm, changes(1000), parallel=2))
    assert len(crm.updated) < 20


def test_what_was_written_before_the_stop_is_told():
    crm = Crm({"id-3": CrmDown("down")})
    told = []
    with pytest.raises(CrmDown):
        told.extend(apply(crm, changes(4), parallel=1))
    assert sorted(o.change.record_id for o in told) == ["id-0", "id-1", "id-2"]


def test_changes_are_taken_only_as_they_are_needed():
    taken = []

    def many():
        for change in changes(1000):
            taken.append(change)
            yield change

    outcomes = apply(Crm(), many(), parallel=2)
    next(outcomes)
    assert len(taken) < 20
    outcomes.close()


def test_a_value_that_the_crm_stored_otherwise_is_an_error_with_the_record_as_it_is():
    (outcome,) = apply(Crm(stored={"rfm_score_c": "5"}), changes(1), parallel=1)
    assert "555 → 5" in str(outcome.error)
    assert outcome.record == {"id": "id-0", "rfm_score_c": "5"}


@pytest.mark.parametrize("error", [ServerFailure("busy"), CrmUnreachable("no answer in time")])
def test_a_fault_that_passes_does_not_stop_the_writing(error):
    crm = Crm({f"id-{n}": error for n in range(100)})
    outcomes = list(apply(crm, changes(200), parallel=2))
    assert len(outcomes) == 200
    assert sum(o.error is error for o in outcomes) == 100


def test_nothing_more_is_sent_once_asked_to_stop():
    crm = Crm()
    outcomes = list(apply(crm, changes(1000), parallel=1, stop=lambda: len(crm.updated) >= 10))
    assert 10 <= len(crm.updated) <= 12
    assert sorted(o.change.record_id for o in outcomes) == sorted(crm.updated)


class Routes:
    """Fast routes that refuse every request with one of the bad records in it.

    `left` has the words for records that are not written, taken in turn at each request.
    """

    most_writes = 8
    most_announced = 50

    def __init__(self, bad=(), left=None, error=None):
        self.bad, self.left = set(bad), {id: list(codes) for id, codes in (left or {}).items()}
        self.error = error or InvalidRequest("bad value")
        self.requests = []

    def write(self, module, columns, rows, *, notify):
        self.requests.append((columns, list(rows), notify))
        if self.bad & set(rows):
            raise self.error
        codes = {id: self.left[id].pop(0) for id in rows if self.left.get(id)}
        return [NotWritten(id, code, f"the word is {code}") for id, code in codes.items()]


def test_many_records_travel_in_one_request():
    routes = Routes()
    outcomes = list(apply_fast(routes, changes(20), notify=False))
    assert [len(rows) for _, rows, _ in routes.requests] == [8, 8, 4]
    assert all(o.record == {"id": o.change.record_id, "rfm_score_c": "555"} for o in outcomes)


def test_records_with_other_fields_travel_apart():
    other = Change("Contacts", "id-x", {"rfm_segment_c": "lost"}, {})
    routes = Routes()
    list(apply_fast(routes, [*changes(2), other], notify=True))
    assert [columns for columns, _, _ in routes.requests] == [("rfm_score_c",), ("rfm_segment_c",)]


@pytest.mark.parametrize(
    "error", [InvalidRequest("bad"), ServerFailure("broken"), CrmUnreachable("no answer in time")]
)
def test_a_request_that_fails_is_halved_until_the_record_at_fault_stands_alone(error):
    routes = Routes(bad={"id-3"}, error=error)
    outcomes = list(apply_fast(routes, changes(8), notify=False))
    assert [o.change.record_id for o in outcomes if o.error] == ["id-3"]
    assert len(outcomes) == 8


def test_a_record_that_the_routes_reject_fails_alone_and_does_not_count_as_gone():
    outcomes = list(apply_fast(Routes(left={"id-3": ["unknown_record"]}), changes(4), notify=False))
    (failed,) = [o for o in outcomes if o.error]
    assert failed.change.record_id == "id-3"
    assert not isinstance(failed.error, RecordNotFound)


def test_routes_that_only_fail_are_given_up():
    routes = Routes(bad={f"id-{n}" for n in range(1000)}, error=ServerFailure("busy"))
    routes.most_writes = 1000
    with pytest.raises(ServerFailure):
        list(apply_fast(routes, changes(1000), notify=False))
    assert len(routes.requests) == 20


def test_routes_that_refuse_every_record_are_asked_for_each():
    routes = Routes(bad={f"id-{n}" for n in range(50)})
    outcomes = list(apply_fast(routes, changes(50), notify=False))
    assert len(outcomes) == 50
    assert all(o.error for o in outcomes)


@pytest.mark.parametrize("error", [CrmDown("down"), Stopped("asked"), AuthenticationError("no")])
def test_an_error_that_no_request_escapes_stops_the_fast_writing(error):
    routes = Routes(bad={"id-9"}, error=error)
    told = []
    with pytest.raises(type(error)):
        told.extend(apply_fast(routes, changes(20), notify=False))
    assert [o.change.record_id for o in told] == [f"id-{n}" for n in range(8)]


def test_no_further_request_is_sent_once_asked_to_stop():
    routes = Routes()
    outcomes = list(
        apply_fast(routes, changes(40), notify=False, stop=lambda: len(routes.requests) >= 2)
    )
    assert len(routes.requests) == 2
    assert len(outcomes) == 16


def moved(count):
    """Changes of segment."""
    return [Change("Contacts", f"moved-{n}", {SEGMENT_FIELD: "lost"}, {}) for n in range(count)]


def sent(routes):
    return [ids for _, ids, _ in routes.requests]


def test_what_no_hook_hears_of_is_written_first():
    routes = Routes()
    list(apply_fast(routes, [*moved(1), *changes(1)], notify=True))
    assert sent(routes) == [["id-0"], ["moved-0"]]


@pytest.mark.parametrize(("offered", "most"), [(3, 3), (50, 50), (5000, ANNOUNCED_AT_ONCE)])
def test_no_request_announces_more_than_either_side_allows(offered, most):
    routes = Routes()
    routes.most_writes, routes.most_announced = 5000, offered
    list(apply_fast(routes, moved(101), notify=True))
    assert {len(ids) for ids in sent(routes)} == {most, 101 % most}


def test_a_first_load_that_announces_nothing_travels_in_large_requests():
    routes = Routes()
    routes.most_writes, routes.most_announced = 5000, 3
    list(apply_fast(routes, moved(101), notify=False))
    assert len(routes.requests) == 1


def test_a_record_whose_turn_did_not_come_is_sent_again_at_once():
    routes = Routes(left={"moved-2": ["not_reached"], "moved-3": ["not_reached", "not_reached"]})
    outcomes = list(apply_fast(routes, moved(4), notify=True))
    assert sent(routes)[1:] == [["moved-2", "moved-3"], ["moved-3"]]
    assert sorted(o.change.record_id for o in outcomes if o.error is None) == [
        f"moved-{n}" for n in range(4)
    ]


def test_requests_in_which_no_turn_ever_comes_are_given_up():
    routes = Routes(left={f"moved-{n}": ["not_reached"] * 100 for n in range(100)})
    with pytest.raises(ServerFailure, match="not_reached"):
        list(apply_fast(routes, moved(100), notify=True))
    assert len(routes.requests) == 20


def test_a_record_that_somebody_held_is_tried_once_more_after_the_others():
    routes = Routes(left={"id-0": ["busy"]})
    outcomes = list(apply_fast(routes, changes(10), notify=True))
    assert sent(routes)[-1] == ["id-0"]
    assert len(outcomes) == 10
    assert not [o for o in outcomes if o.error]


def test_a_record_that_somebody_keeps_holding_fails_alone():
    routes = Routes(left={"id-0": ["busy", "busy"]})
    outcomes = list(apply_fast(routes, changes(10), notify=True))
    (failed,) = [o for o in outcomes if o.error]
    assert (failed.change.record_id, len(outcomes)) == ("id-0", 10)
    assert isinstance(failed.error, ServerFailure)


def test_a_record_whose_save_fails_takes_no_other_along():
    routes = Routes(left={"moved-1": ["failed"]})
    outcomes = list(apply_fast(routes, moved(3), notify=True))
    assert [o.change.record_id for o in outcomes if o.error] == ["moved-1"]
    assert "the word is failed" in str(outcomes[1].error)
    assert len(routes.requests) == 1


def test_a_word_that_nobody_knows_counts_as_not_written():
    outcomes = list(apply_fast(Routes(left={"id-0": ["melted"]}), changes(1), notify=True))
    assert isinstance(outcomes[0].error, RequestRefused)
    assert outcomes[0].record is None
