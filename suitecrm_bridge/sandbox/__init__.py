"""An embedded SuiteCRM V8 server, for the tour and the tests."""

from typing import TYPE_CHECKING

from suitecrm_bridge.lazily import lazily

if TYPE_CHECKING:
    from suitecrm_bridge.sandbox.answers import BASE_CURRENCY
    from suitecrm_bridge.sandbox.faults import Faults, described
    from suitecrm_bridge.sandbox.oauth import CLIENT_ID, CLIENT_SECRET
    from suitecrm_bridge.sandbox.people import EditConflict, People
    from suitecrm_bridge.sandbox.sandbox import Sandbox
    from suitecrm_bridge.sandbox.server import SandboxServer
    from suitecrm_bridge.sandbox.store import Store
    from suitecrm_bridge.sandbox.upkeep import Backup
else:
    __getattr__ = lazily(
        __name__,
        {
            "answers": "BASE_CURRENCY",
            "faults": "Faults described",
            "oauth": "CLIENT_ID CLIENT_SECRET",
            "people": "EditConflict People",
            "sandbox": "Sandbox",
            "server": "SandboxServer",
            "store": "Store",
            "upkeep": "Backup",
        },
    )

__all__ = [
    "BASE_CURRENCY",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "Backup",
    "EditConflict",
    "Faults",
    "People",
    "Sandbox",
    "SandboxServer",
    "Store",
    "described",
]
