"""A member whom SuiteCRM fails to put on a target list decides for nobody else."""

import pytest
from werkzeug.wrappers import Response

from suitecrm_bridge.errors import WriteBackError
from suitecrm_bridge.jobs import programmes as jobs
from suitecrm_bridge.jobs.summary import Summary
from tests.flows.begun import CONTROL, addressable, begin, members, run
from tests.flows.conftest import synced_over


def fail_for(world, id, place=""):
    """Let SuiteCRM fail at every change of a list that names a record; return what ends that."""
    answer = world.sandbox.app.answer

    def failing(request):
        named = request.path + request.get_data(as_text=True)
        changes = request.method in ("POST", "DELETE") and (
            "/members/" in named or "relat" in named
        )
        fails = changes and id in named and place in request.path
        return Response("", 500) if fails else answer(request)

    world.sandbox.app.answer = failing
    return lambda: setattr(world.sandbox.app, "answer", answer)


@pytest.mark.parametrize("path", ["stock", "fast"])
def test_a_member_that_fails_alone_keeps_nobody_else_from_the_list(bases, tmp_path, path):
    with synced_over(bases, tmp_path, fast=path == "fast") as world:
        begin(world)
        someone = sorted(addressable(world))[0]
        mend = fail_for(world, someone)
        with pytest.raises(WriteBackError, match="One member"):
            run(world)
        assert members(world) | members(world, CONTROL) == addressable(world) - {someone}
        mend()
        run(world)
        assert members(world) | members(world, CONTROL) == addressable(world)


def test_where_the_package_changes_nobody_the_stock_api_does(fast_synced):
    world = fast_synced
    begin(world)
    fail_for(world, "", "/members/")
    run(world)
    assert members(world) | members(world, CONTROL) == addressable(world)


def test_a_programme_is_stopped_although_somebody_cannot_be_taken_off(fast_synced):
    world = fast_synced
    begin(world)
    run(world)
    someone = sorted(members(world))[0]
    fail_for(world, someone)
    with world.context() as context, pytest.raises(WriteBackError):
        jobs.stop(context, Summary(), ["hello"])
    assert members(world) == {someone}
