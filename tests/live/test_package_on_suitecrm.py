"""The package on a real SuiteCRM that may be changed; see `package_on_suitecrm.py`."""

from __future__ import annotations

import os

import pytest

from tests.live.package_on_suitecrm import drive, missing

UNSET = missing(dict(os.environ))

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(bool(UNSET), reason=f"not set: {', '.join(UNSET)}"),
]


def test_the_package_comes_and_goes_without_a_trace():
    drive(dict(os.environ), print)
