"""What holds for every test: no settings of the developer's machine, English, no chance."""

import gc
import logging
import os

import duckdb
import hypothesis
import pytest
import scipy.linalg
import threadpoolctl

from suitecrm_bridge import i18n
from suitecrm_bridge.analytics.engine import Engine
from tests.places import EXAMPLES

# The first failure is told as it is found: to make it smaller would play it hundreds of times.
for name, examples in EXAMPLES.items():
    hypothesis.settings.register_profile(
        name,
        derandomize=True,
        deadline=None,
        database=None,
        max_examples=examples,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        report_multiple_bugs=False,
    )
# By hand, to see a failure at its smallest: pytest --hypothesis-profile=small
hypothesis.settings.register_profile(
    "small", derandomize=True, deadline=None, database=None, max_examples=12
)
# By hand, for an hour to spare: pytest --hypothesis-profile=thorough
hypothesis.settings.register_profile("thorough", deadline=None, database=None, max_examples=1_000)


_FOR_FEW_ROWS = {
    "threads": 1,
    # To look for a better plan takes longer than any plan for what a test holds.
    "disabled_optimizers": "join_order,statistics_propagation,common_subplan",
}


def _connect_for_few(*given, config=None, connect=duckdb.connect, **options):
    return connect(*given, config={**_FOR_FEW_ROWS, **(config or {})}, **options)


def _in_one_database(engine, connection=None, make=Engine.__init__):
    make(engine, connection or _EVERY_ENGINES.cursor())


# To make a database takes longer than most tests, and all that an engine makes is temporary.
_EVERY_ENGINES = _connect_for_few()
Engine.__init__ = _in_one_database

# What a test holds is no work for more threads, which would only keep the other tests waiting.
duckdb.connect = _connect_for_few
assert scipy.linalg, "its library of algebra must be there to be told"
threadpoolctl.threadpool_limits(limits=1)


def pytest_addoption(parser):
    parser.addoption("--stories", action="store_true", help="also play the stories, as CI does")
    parser.addoption("--long", action="store_true", help="stories, and the same at more places")


def pytest_configure(config):
    if not config.getoption("--hypothesis-profile"):
        stories = "ci" if config.getoption("--stories") else "everybody"
        hypothesis.settings.load_profile("long" if config.getoption("--long") else stories)


def pytest_collection_finish():
    # Modules and tests stay until the end: to look through them for rubbish finds none.
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config, items):
    long = config.getoption("--long")
    left_out = {
        "long": None if long else "the same at another place: --long",
        "story": None if long or config.getoption("--stories") else "a story: --stories",
    }
    for item in items:
        for name, reason in left_out.items():
            if reason and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def clean_environment(request, monkeypatch, empty_home):
    """Only a live test sees the settings of the machine it runs on."""
    if request.node.get_closest_marker("live"):
        return
    for name in list(os.environ):
        if name.startswith(("SUITECRM_", "BRIDGE_")):
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(empty_home))


@pytest.fixture(autouse=True)
def english():
    i18n.use_language("en")
    i18n.use_currency("")
    yield
    i18n.use_language("en")
    i18n.use_currency("")


@pytest.fixture(autouse=True)
def logging_as_at_first():
    """A command sets logging up for its process; each test begins and ends as if none had run.

    What a fixture of a whole file ran comes before this: to keep what is there would not do.
    """
    _leave_logging_alone()
    yield
    _leave_logging_alone()


def _leave_logging_alone():
    root = logging.getLogger("suitecrm_bridge")
    root.handlers.clear()
    root.setLevel(logging.NOTSET)
    root.propagate = True
