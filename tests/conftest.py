"""What holds for every test: no settings of the developer's machine, English, no chance."""

import os

import hypothesis
import pytest

from suitecrm_bridge import i18n

# The first failure is told as it is found: to make it smaller would play it hundreds of times.
hypothesis.settings.register_profile(
    "deterministic",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=12,
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    report_multiple_bugs=False,
)
# By hand, to see a failure at its smallest: pytest --hypothesis-profile=small
hypothesis.settings.register_profile(
    "small", derandomize=True, deadline=None, database=None, max_examples=12
)
# By hand, for an hour to spare: pytest --hypothesis-profile=thorough
hypothesis.settings.register_profile("thorough", deadline=None, database=None, max_examples=1_000)
hypothesis.settings.load_profile("deterministic")


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="also play the same at more places")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="the same at another place: --long"))


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
    yield
    i18n.use_language("en")
