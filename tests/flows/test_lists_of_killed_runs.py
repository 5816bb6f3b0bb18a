"""A list that a killed run has made is the bridge's own, and not one that a lost mirror filled."""

import pytest

from suitecrm_bridge.crm.records import Module
from tests.flows.begun import CONTROL, TREATED, addressable, begin, lists, members, run


class Killed(BaseException):
    """The process ended here."""


def test_who_is_put_on_a_list_right_after_a_killed_run_made_it_has_not_had_its_wave(
    fast_synced, monkeypatch
):
    world = fast_synced
    begin(world)
    make = Module.create

    def killed(*given):
        make(*given)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Module, "create", killed)
        with pytest.raises(Killed):
            run(world)
    (made,) = [id for id, _, _ in lists(world) if id in (TREATED, CONTROL)]
    refusing = [row["id"] for row in world.store.rows("Contacts") if row["email_opt_out"]]
    with world.context() as context:
        context.crm.module("ProspectLists").relate(made, "contacts", "Contacts", refusing[0])
    run(world)
    assert members(world) | members(world, CONTROL) == addressable(world)
    known = world.mirrored("SELECT person FROM programme_enrolments")
    assert (refusing[0],) not in known
