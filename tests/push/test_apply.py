import threading

import pytest

from suitecrm_bridge.crm.bulk import Rejection
from suitecrm_bridge.errors import (
    AuthenticationError,
    CrmDown,
    CrmUnreachable,
    InvalidRequest,
    RecordNotFound,
    ServerFailure,
    Stopped,
)
from suitecrm_bridge.push import Change, apply, apply_fast


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
    """Fast routes that refuse every request with one of the bad records in it."""

    most_writes = 8

    def __init__(self, bad=(), unknown=(), error=None):
        self.bad, self.unknown = set(bad), set(unknown)
        self.error = error or InvalidRequest("bad value")
        self.requests = []

    def write(self, module, columns, rows, *, notify):
        self.requests.append((columns, list(rows), notify))
        if self.bad & set(rows):
            raise self.error
        return [Rejection(id, "no such record") for id in rows if id in self.unknown]


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
    outcomes = list(apply_fast(Routes(unknown={"id-3"}), changes(4), notify=False))
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
