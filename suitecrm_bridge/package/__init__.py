"""The SuiteCRM package: the catalogue as PHP, the manifest, and the zip for the Module Loader."""

from suitecrm_bridge.package.archive import build
from suitecrm_bridge.package.generated import generated

__all__ = ["build", "generated"]
