"""The SuiteCRM package: the catalogue as PHP, the manifest, and the zip for the Module Loader."""

from typing import TYPE_CHECKING

from suitecrm_bridge.lazily import lazily

if TYPE_CHECKING:
    from suitecrm_bridge.package.archive import build
    from suitecrm_bridge.package.generating import generated
else:
    __getattr__ = lazily(
        __name__,
        {
            "archive": "build",
            "generating": "generated",
        },
    )

__all__ = ["build", "generated"]
