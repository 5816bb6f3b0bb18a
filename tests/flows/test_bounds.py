"""However large a page or an answer is, a pull takes little memory and ends."""

import time
from itertools import product
from pathlib import Path

import pytest

from suitecrm_bridge.crm import HttpTransport, bulk
from suitecrm_bridge.errors import AnswerTooLarge
from suitecrm_bridge.jobs import fetching
from tests.crm.test_crm_bounds import suitecrm
from tests.flows.processes import ROOT, child
from tests.flows.world import world
from tests.hostile import HEAD, bomb, endless
from tests.places import places

MOST_MB = 500
HEAVY = 30_000
TIMES = 10
"""docs/operations.md: a run against a SuiteCRM that drips ends within that many BRIDGE_TIMEOUT."""

MEASURED = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from memory import peak_mb
from tests.flows.at_noon import run
try:
    run()
finally:
    print("peak", peak_mb())
"""


def measured(arguments, environment, folder):
    """Run a command in a process of its own; return exit code, peak in MB, seconds and output."""
    began = time.monotonic()
    scripts = str(Path(ROOT) / "scripts" / "behind")
    process = child("-c", MEASURED, scripts, *arguments, environment=environment, folder=folder)
    out, err = process.communicate()
    peak = int(out.rpartition("peak ")[2])
    return process.returncode, peak, time.monotonic() - began, out + err


def settings(url, home, **changes):
    return {
        "SUITECRM_URL": url,
        "SUITECRM_CLIENT_ID": "x",
        "SUITECRM_CLIENT_SECRET": "y",
        "BRIDGE_HOME": str(home),
        "BRIDGE_MAX_RATE": "1000",
        **changes,
    }


WHERE = ["meta/modules", "access_token", "ping", "module/Contacts"]


WAYS = {
    "2 GB": lambda: endless(b"x" * 65_536, HEAD + b"Content-Length: 2147483648\r\n\r\n"),
    "endless": lambda: endless(b'{"a": [1, 2]}' * 5_000),
    "a bomb of 2 GB": lambda: bomb(2_048),
}
TRIED = {("2 GB", "module/Contacts"), ("endless", "ping"), ("a bomb of 2 GB", "access_token")}


@pytest.mark.parametrize(
    ("way", "where"),
    [
        pytest.param(*pair, marks=[] if pair in TRIED else [pytest.mark.long])
        for pair in product(WAYS, WHERE)
    ],
)
def test_a_pull_of_an_answer_without_measure_takes_little_memory(way, where, tmp_path):
    with suitecrm(lambda line: WAYS[way]() if where in line else None) as server:
        environment = settings(server.url, tmp_path, BRIDGE_RETRIES="5")
        code, peak, _, words = measured(["pull", "--module", "Contacts"], environment, tmp_path)
    assert code == 4, words
    assert peak < MOST_MB
    assert "Traceback" not in words


@pytest.mark.long
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("before", [b"", HEAD, HEAD + b"\r\n"], ids=["line", "header", "body"])
def test_a_pull_from_a_crm_that_drips_ends_within_ten_timeouts(where, before, tmp_path):
    def drip():
        yield before
        while True:
            time.sleep(0.2)
            yield b"x"

    with suitecrm(lambda line: drip() if where in line else None) as server:
        code, peak, seconds, words = measured(
            ["pull", "--module", "Contacts"],
            settings(server.url, tmp_path, BRIDGE_TIMEOUT="3"),
            tmp_path,
        )
    assert code == 4
    assert seconds < TIMES * 3 + 5  # what starting the program takes
    assert peak < MOST_MB
    assert "Traceback" not in words


def load(opened, count, size, *, emoji=True):
    """Put heavy cases into a sandbox; return their ids."""
    ids = [f"0000000c-0000-4000-8000-{number:012x}" for number in range(count)]
    words = ("é😀 " if emoji else "abc") + "lorem ipsum "
    rows = (
        {"id": id, "name": f"No {id}", "description": f"{id} {words}".ljust(size, "x")}
        for id in ids
    )
    opened.store.load("Cases", rows)
    return ids


@pytest.mark.long
@pytest.mark.parametrize("routes", [False, True], ids=["stock", "fast"])
def test_a_pull_of_ten_thousand_heavy_cases_takes_little_memory(routes, tmp_path):
    with world(tmp_path / "home", database=tmp_path / "crm.sqlite", routes=routes) as opened:
        load(opened, 10_000, HEAVY)
        environment = opened.environment()
        del environment["BRIDGE_PAGE_SIZE"]
        code, peak, _, words = measured(["pull", "--module", "Cases"], environment, tmp_path)
        assert (code, words.count("Traceback")) == (0, 0)
        assert peak < MOST_MB
        query = "SELECT count(*), min(length(description)) FROM cases"
        assert opened.mirrored(query) == [(10_000, HEAVY)]


@pytest.fixture
def bodies(monkeypatch):
    """The sizes of the answers that come in."""
    sizes = []
    send = HttpTransport.send

    def noting(self, request):
        answer = send(self, request)
        if "/Cases?" in request.url:
            sizes.append(len(answer.body))
        return answer

    monkeypatch.setattr(HttpTransport, "send", noting)
    return sizes


@pytest.fixture(params=places(["fast", "stock", "an older package"]))
def heavy(request, tmp_path, monkeypatch):
    """A SuiteCRM with some cases that are heavy for the small pages that are read here."""
    monkeypatch.setattr(fetching, "BYTES_UNDER_WAY", 2 * 100_000)
    monkeypatch.setattr(bulk, "PAGE_BYTES", 100_000)
    monkeypatch.setattr("suitecrm_bridge.crm.sizes.PageSize.__init__.__defaults__", (None, 100_000))
    monkeypatch.setattr(bulk, "FIRST_BLIND", 20)
    monkeypatch.setattr(fetching, "FIRST_PAGE", 20)
    with world(tmp_path / "home", routes=request.param != "stock") as opened:
        if request.param == "an older package":
            monkeypatch.setattr(bulk.FastRoutes, "_limits", OLDER)
        yield opened


OLDER = {"records": 20_000, "links": 50_000, "scores": 5_000, "announced": 50}


def test_pages_of_heavy_records_stay_small_and_bring_them_all(heavy, bodies):
    ids = load(heavy, 300, 3_000)
    unset = {"BRIDGE_PAGE_SIZE": ""}
    assert heavy.pull("Cases", **unset).pulled == {"Cases": 300}
    assert heavy.mirrored("SELECT id FROM cases ORDER BY id") == [(id,) for id in ids]
    assert max(bodies) < 200_000
    assert len(bodies) < 60


def test_a_page_of_few_heavy_records_among_light_ones_is_borne(heavy, bodies):
    load(heavy, 200, 10)
    for number, id in enumerate(row["id"] for row in heavy.store.rows("Cases")):
        if number % 50 == 49:
            heavy.store.update("Cases", id, {"description": "x" * 250_000})
    assert heavy.pull("Cases", BRIDGE_PAGE_SIZE="").pulled == {"Cases": 200}
    assert max(bodies) < 1_300_000
    assert heavy.mirrored("SELECT max(length(description)) FROM cases") == [(250_000,)]


def sizes_asked(opened, *endings):
    """Note how many rows each request to these routes asks for."""
    asked, answer = [], opened.sandbox.app.answer

    def noting(request):
        if request.path.endswith(endings):
            asked.append(int(request.args.get("limit") or request.args["page[size]"]))
        return answer(request)

    opened.sandbox.app.answer = noting
    return asked


@pytest.mark.parametrize("size", places([7, 1, 50]))
@pytest.mark.parametrize("routes", [False, True], ids=["stock", "fast"])
def test_a_page_size_that_is_set_is_the_most_on_both_paths(routes, size, tmp_path):
    with world(tmp_path / "home", routes=routes) as opened:
        load(opened, 20, 10)
        asked = sizes_asked(opened, "/module/Cases", "/records/Cases")
        assert opened.pull("Cases", BRIDGE_PAGE_SIZE=str(size)).pulled == {"Cases": 20}
        assert max(asked) <= size


@pytest.mark.parametrize("where", ["links/contacts_cases", "history/Cases"])
def test_links_and_history_obey_it_too(where, tmp_path):
    with world(tmp_path / "home", routes=True) as opened:
        load(opened, 20, 10)
        asked = sizes_asked(opened, where)
        opened.pull("Cases", BRIDGE_PAGE_SIZE="7")
        assert set(asked) == {7}


def test_a_record_that_is_too_large_even_alone_is_set_apart_and_the_others_are_read(
    heavy, monkeypatch
):
    monkeypatch.setitem(HttpTransport.__init__.__kwdefaults__, "most_bytes", 200_000)
    ids = load(heavy, 40, 10)
    heavy.store.update("Cases", ids[7], {"description": "x" * 250_000})
    heavy.store.update("Cases", ids[39], {"description": "x" * 250_000})
    summary = heavy.pull("Cases", BRIDGE_PAGE_SIZE="")
    assert (summary.pulled, summary.rejected) == ({"Cases": 38}, {"Cases": 2})
    letters = {id: reason for id, _, reason in heavy.dead_letters()}
    assert sorted(letters) == [ids[7], ids[39]]
    assert all("larger than" in reason for reason in letters.values())


def test_a_module_whose_every_record_is_too_large_ends_the_pull(heavy, monkeypatch, bodies):
    monkeypatch.setitem(HttpTransport.__init__.__kwdefaults__, "most_bytes", 100_000)
    load(heavy, 30, 120_000)
    with pytest.raises(AnswerTooLarge):
        heavy.pull("Cases", BRIDGE_PAGE_SIZE="")
    assert len(bodies) < 40
