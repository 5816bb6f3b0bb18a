from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

import pytest

from suitecrm_bridge.crm import Credentials, SuiteCRM
from suitecrm_bridge.sandbox import Sandbox
from suitecrm_bridge.settings import Secret, Settings
from tests.contract.fastroutes import LONG_AGO, Target
from tests.live.snapshots import Database, settings_kept

SETTINGS = Settings.read()
DSN = os.environ.get("SUITECRM_DSN", "")
THROWAWAY = os.environ.get("SUITECRM_THROWAWAY") == "yes"
LIVE = pytest.param(
    "live",
    marks=[
        pytest.mark.live,
        pytest.mark.skipif(
            not (SETTINGS.url and SETTINGS.client_id and SETTINGS.client_secret),
            reason="SUITECRM_URL, SUITECRM_CLIENT_ID and SUITECRM_CLIENT_SECRET are not set",
        ),
    ],
)


def connect_sandbox() -> Iterator[SuiteCRM]:
    with (
        Sandbox(clock=lambda: LONG_AGO.replace(year=2026)) as sandbox,
        sandbox.serve() as server,
        SuiteCRM(server.url, Credentials(server.client_id, Secret(server.client_secret))) as crm,
    ):
        yield crm


def connect_live() -> Iterator[SuiteCRM]:
    s = SETTINGS
    credentials = Credentials(s.client_id, s.client_secret, s.username, s.password)
    with SuiteCRM(s.url, credentials, verify_tls=s.verify_tls, retries=1) as crm:
        yield crm


@pytest.fixture(scope="module", params=["sandbox", LIVE])
def packaged(request) -> Iterator[Target]:
    """A SuiteCRM with the package, once for all the tests of a file."""
    for crm in connect_sandbox() if request.param == "sandbox" else connect_live():
        target = Target(crm, live=request.param == "live")
        if target.get("ping").status_code == 404:
            pytest.skip("the package is not installed there")
        yield target
        target.http.close()


@pytest.fixture
def crm(packaged) -> Iterator[Target]:
    """A SuiteCRM with the package that loses what the test has made."""
    yield packaged
    packaged.clean()


@pytest.fixture
def contact(crm) -> str:
    """The id of a contact made for the test."""
    return crm.create("Contacts", last_name="Moreau")


@pytest.fixture(scope="module")
def put_back(packaged) -> Iterator[None]:
    """For tests that tell SuiteCRM's pages of runs, programmes and lists: puts back what was told.

    No route reads that again, so it needs the database of a SuiteCRM that people work with.
    """
    if packaged.live and DSN:
        with closing(Database(DSN)) as database, settings_kept(database, "suitecrmbridge"):
            yield
    elif packaged.live and not THROWAWAY:
        pytest.skip("would show on SuiteCRM's pages: needs SUITECRM_DSN or SUITECRM_THROWAWAY=yes")
    else:
        yield
