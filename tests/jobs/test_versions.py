"""Bridge and package know which of them is the older one."""

import pytest

from suitecrm_bridge.jobs.versions import compared


@pytest.mark.parametrize(
    ("package", "order"),
    [
        ("1.2.0", "same"),
        ("1.2", "same"),
        ("1.1.9", "older"),
        ("1.10.0", "newer"),
        ("2.0.0rc1", "newer"),
        ("", "older"),
        ("unknown", "older"),
    ],
)
def test_versions_are_compared_by_their_numbers(package, order):
    assert compared(package, "1.2.0") == order
