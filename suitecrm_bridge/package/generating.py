"""Every generated file of the package by its path in SuiteCRM's `custom` folder."""

from __future__ import annotations

from suitecrm_bridge.catalogue import Rules, routes
from suitecrm_bridge.package.constants import catalogue_class
from suitecrm_bridge.package.contract import limits_class, refusals_class
from suitecrm_bridge.package.dashlets import dashlet_files
from suitecrm_bridge.package.fields import vardefs
from suitecrm_bridge.package.labels import FILE
from suitecrm_bridge.package.languages import language_files


def generated(rules: Rules) -> dict[str, str]:
    """Return the content of each generated file by its path in SuiteCRM's `custom` folder."""
    catalogue = rules.catalogue
    return {
        "lib/SuiteCRMBridge/Catalogue.php": catalogue_class(rules),
        "lib/SuiteCRMBridge/Api/Limits.php": limits_class(routes()),
        "lib/SuiteCRMBridge/Api/Refusals.php": refusals_class(routes()),
        **dashlet_files(catalogue),
        **language_files(rules),
        **{
            f"Extension/modules/{module}/Ext/Vardefs/{FILE}.php": vardefs(catalogue, module)
            for module in catalogue.modules
            if catalogue.fields_of(module)
        },
    }
