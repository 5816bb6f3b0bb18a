import os
from contextlib import contextmanager

import pytest

from tests.flows.standing import standing_figures as standing_figures
from tests.flows.world import (
    crm_rows,
    fast_base,
    filled_base,
    log_left_alone,
    mirror_rows,
    scored_base,
    settled_base,
    synced_base,
    world,
    world_of,
)
from tests.notify.conftest import listener as listener
from tests.places import paths


@pytest.fixture(autouse=True)
def at_home(tmp_path, monkeypatch):
    """No settings file lies about, and logging stays as it was."""
    monkeypatch.chdir(tmp_path)
    with log_left_alone():
        yield


@pytest.fixture(scope="session")
def bases(tmp_path_factory):
    """The folder of the bases that tests copy; one for all rooms and processes."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "bases"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def filled(bases, tmp_path):
    """A SuiteCRM with demo data that the bridge has not met yet."""
    with world_of(tmp_path, filled_base(bases)) as opened:
        yield opened


@pytest.fixture
def scored(bases, tmp_path):
    """The same read and scored, with nothing written back yet."""
    with world_of(tmp_path, *scored_base(bases)) as opened:
        yield opened


@pytest.fixture
def synced(bases, tmp_path):
    """The same after one sync."""
    with world_of(tmp_path, *settled_base(bases)) as opened:
        yield opened


@pytest.fixture
def fast(bases, tmp_path):
    """A SuiteCRM with demo data and the package's fast routes, new to the bridge."""
    with world_of(tmp_path, filled_base(bases), routes=True) as opened:
        yield opened


@pytest.fixture
def fast_synced(bases, tmp_path):
    """The same after one sync."""
    with world_of(tmp_path, *fast_base(bases), routes=True) as opened:
        yield opened


@pytest.fixture(name="world", params=paths("fast"))
def over_either_path(request, bases, tmp_path):
    """A SuiteCRM after one sync, over either path."""
    with synced_over(bases, tmp_path, fast=request.param) as opened:
        yield opened


@contextmanager
def synced_over(bases, tmp_path, *, fast):
    base = (fast_base if fast else settled_base)(bases)
    with world_of(tmp_path, *base, routes=fast) as opened:
        opened.fast = fast
        yield opened


@pytest.fixture(params=paths("fast"))
def new(request, bases, tmp_path):
    """A SuiteCRM that the bridge has not met yet, over either path."""
    with world_of(tmp_path, filled_base(bases), routes=request.param) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path):
    """A SuiteCRM without any record."""
    with world(tmp_path / "home") as opened:
        yield opened


@pytest.fixture(scope="session")
def undisturbed(bases, tmp_path_factory):
    """What mirror and CRM hold after a sync that nothing disturbed, and its requests."""
    database, home, requests = synced_base(bases)
    with world_of(tmp_path_factory.mktemp("undisturbed"), database, home) as opened:
        return mirror_rows(opened.home), crm_rows(opened), requests


def assert_as_undisturbed(opened, undisturbed):
    mirror, crm, _ = undisturbed
    rows = mirror_rows(opened.home)
    assert [table for table in mirror if rows[table] != mirror[table]] == []
    assert crm_rows(opened) == crm
