"""Every generated file of the package by its path in SuiteCRM's `custom` folder."""

from __future__ import annotations

from suitecrm_bridge.catalogue import Catalogue
from suitecrm_bridge.package.constants import catalogue_class
from suitecrm_bridge.package.fields import vardefs
from suitecrm_bridge.package.labels import FILE
from suitecrm_bridge.package.languages import language_files


def generated(catalogue: Catalogue) -> dict[str, str]:
    """Return the content of each generated file by its path in SuiteCRM's `custom` folder."""
    return {
        "lib/SuiteCRMBridge/Catalogue.php": catalogue_class(catalogue),
        **language_files(catalogue),
        **{
            f"Extension/modules/{module}/Ext/Vardefs/{FILE}.php": vardefs(catalogue, module)
            for module in catalogue.modules
            if catalogue.fields_of(module)
        },
    }
