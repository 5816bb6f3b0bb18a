"""A bridge and a package of different versions work together, and say what to do."""

import json
import logging
from dataclasses import replace

import pytest

from suitecrm_bridge import __version__
from suitecrm_bridge.catalogue import catalogue
from suitecrm_bridge.jobs.doctor import diagnose
from suitecrm_bridge.sandbox.bridge import routes as package
from suitecrm_bridge.sandbox.bridge.marks import Marks
from suitecrm_bridge.sandbox.bridge.runs import RUNS
from tests.flows.conftest import synced_over

OLDER, NEWER = "0.0.9", "0.2.0"


@pytest.fixture
def world(bases, tmp_path):
    with synced_over(bases, tmp_path, fast=True) as opened:
        opened.clock.advance(days=1)
        yield opened


@pytest.fixture
def installed(monkeypatch):
    """Let the sandbox hold the package of another version, with the same or other fields."""

    def install(version, *, same_fields):
        monkeypatch.setattr(package, "__version__", version)
        if not same_fields:
            known = catalogue()
            accounts = known.modules["Accounts"]
            columns = {**accounts.columns, "website": "text"}
            others = {**known.modules, "Accounts": replace(accounts, columns=columns)}
            monkeypatch.setattr(package, "catalogue", lambda: replace(known, modules=others))

    return install


def fast_routes(world):
    with world.context() as context:
        (found,) = [one for one in diagnose(context) if one.check == "Fast routes"]
    return found


def segments(world):
    return world.mirrored("SELECT id, rfm_segment_c FROM contacts ORDER BY id")


@pytest.mark.parametrize(("version", "said"), [(OLDER, "older"), (NEWER, "newer")])
def test_with_other_fields_the_bridge_goes_on_over_the_stock_api_and_says_why(
    world, installed, caplog, version, said
):
    installed(version, same_fields=False)
    before = segments(world)
    with caplog.at_level(logging.WARNING):
        summary = world.sync()
    (warning,) = {one.message for one in caplog.records if version in one.message}
    assert {said, __version__} <= {*warning.replace("(", " ").replace(")", " ").split()}
    assert (summary.path, summary.failed) == ("stock", 0)
    assert [id for id, _ in segments(world)] == [id for id, _ in before]
    assert fast_routes(world).status == "WARN"


def test_once_both_know_the_same_fields_the_fast_routes_are_used_again(world, installed):
    with pytest.MonkeyPatch.context() as before:
        before.setattr(package, "catalogue", lambda: replace(catalogue(), links={}))
        assert world.sync().path == "stock"
    summary = world.sync()
    assert (summary.path, summary.failed) == ("fast", 0)


@pytest.mark.parametrize(("version", "remedy"), [(OLDER, "package build"), (NEWER, f"to {NEWER}")])
def test_with_the_same_fields_they_work_over_the_fast_routes_and_doctor_says_what_to_do(
    world, installed, version, remedy
):
    installed(version, same_fields=True)
    assert world.sync().path == "fast"
    found = fast_routes(world)
    assert (found.status, version in found.text) == ("WARN", True)
    assert remedy in found.remedy


def test_suitecrm_is_told_the_version_of_the_bridge_whatever_fields_the_package_has(
    world, installed
):
    installed(NEWER, same_fields=False)
    world.sync()
    (run, *_) = reversed(json.loads(Marks(world.store).get(RUNS)))
    assert run["figures"]["bridge_version"] == __version__
