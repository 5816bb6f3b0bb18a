"""A mirror that cannot grow ends the run with a clear word, and nothing is lost."""

import os

import pytest

from tests.flows.conftest import assert_as_undisturbed
from tests.flows.processes import child
from tests.flows.world import DAY

pytestmark = pytest.mark.usefixtures("standing_figures")

LIMITED = """
import resource
import sys

size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

from tests.flows.at_noon import run

run()
"""
STEPS = {"while reading": 300_000, "after reading": 600_000}
"""Largest size of a file, in bytes."""


@pytest.mark.story
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize(
    "size",
    [
        pytest.param(size, id=name, marks=[] if name == "after reading" else [pytest.mark.long])
        for name, size in STEPS.items()
    ],
)
def test_a_full_disk_ends_the_sync_with_5_and_the_next_one_ends_right(
    filled, undisturbed, tmp_path, size
):
    process = child(
        "-c",
        LIMITED,
        str(size),
        "sync",
        "--past",
        "--as-of",
        str(DAY),
        environment=filled.environment(BRIDGE_PARALLEL="1"),
        folder=tmp_path,
    )
    _, words = process.communicate(timeout=120)
    assert process.returncode == 5, words
    assert "The disk of the mirror is full" in words
    assert "Traceback" not in words
    filled.sync()
    assert_as_undisturbed(filled, undisturbed)
