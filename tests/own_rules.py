"""An installation with rules of its own, and a process that goes by the shipped ones afterwards."""

import pytest

from suitecrm_bridge.catalogue import use_own

VIP = """
[vip]
rank = 0
recency = [5]
frequency = [5]
role = "best"
colour = "#000000"
label = { en = "VIP", fr = "Privilégiés" }

[champions]
cells = [[5, 4]]
label = { en = "Champions of ours", fr = "Nos champions" }
"""


@pytest.fixture(autouse=True)
def shipped_again():
    """Other tests go by the shipped segments."""
    yield
    use_own(None)
