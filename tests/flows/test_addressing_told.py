"""Which lists are programmes' is told to the package, which SuiteCRM 8 asks when it sends."""

import json

from suitecrm_bridge.crm.addressing import AddressingRoute
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.summary import Summary
from suitecrm_bridge.sandbox.bridge.marks import Marks
from tests.flows.begun import CONTROL, HELLO, TREATED, begin, run

CAPPED = HELLO + "[cap]\ncontacts = 1\ndays = 14\n"
NO_CONTROL = HELLO.replace("share = 0.3", "share = 0")


def told(world):
    found = Marks(world.store).get("addressing")
    given = None if found is None else json.loads(found)
    return given and {name: given[name] for name in ("contacts", "days", "lists")}


def asked(world):
    return world.count("POST", "addressing")


def test_the_package_knows_each_list_its_control_and_the_caps(fast_synced):
    begin(fast_synced, CAPPED)
    run(fast_synced)
    assert told(fast_synced) == {
        "contacts": 2,
        "days": 30,
        "lists": {TREATED: [CONTROL, 1, 14]},
    }


def test_a_programme_without_a_control_and_a_cap_of_its_own_has_neither(fast_synced):
    begin(fast_synced, NO_CONTROL)
    run(fast_synced)
    assert told(fast_synced)["lists"] == {TREATED: [None, None, None]}


def test_what_the_package_knows_already_is_not_told_again(fast_synced):
    begin(fast_synced)
    run(fast_synced)
    fast_synced.forget()
    run(fast_synced)
    assert asked(fast_synced) == 0


def test_another_cap_is_told_with_the_next_sync(fast_synced):
    begin(fast_synced)
    run(fast_synced)
    (fast_synced.home / "addressing.toml").write_text("[cap]\ncontacts = 1\ndays = 7\n")
    run(fast_synced)
    assert (told(fast_synced)["contacts"], told(fast_synced)["days"]) == (1, 7)


def test_it_is_told_before_anybody_is_put_on_a_list(fast_synced):
    begin(fast_synced)
    fast_synced.forget()
    run(fast_synced)
    paths = [path for _, path in fast_synced.requests if "addressing" in path or "members" in path]
    assert "addressing" in paths[0]


def test_a_stopped_programme_stays_told_so_that_who_was_queued_gets_nothing(fast_synced):
    begin(fast_synced)
    run(fast_synced)
    with fast_synced.context() as context:
        jobs.stop(context, Summary(), ["hello"])
    assert list(told(fast_synced)["lists"]) == [TREATED]


def test_a_dry_run_tells_nothing(fast_synced):
    begin(fast_synced)
    run(fast_synced, dry_run=True)
    assert told(fast_synced) is None


def test_without_programmes_nothing_is_told(fast_synced):
    run(fast_synced)
    assert told(fast_synced) is None


def test_an_older_package_is_told_nothing(fast_synced, monkeypatch):
    real = AddressingRoute.__init__
    monkeypatch.setattr(AddressingRoute, "__init__", lambda route, api, _: real(route, api, {}))
    begin(fast_synced)
    run(fast_synced)
    assert told(fast_synced) is None
