"""The catalogue's fields as custom fields of SuiteCRM."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from suitecrm_bridge.catalogue import SEGMENT_LIST, Catalogue, Field, screens
from suitecrm_bridge.package.labels import CARD, CARD_LABEL, dropdown_list, field_help, field_label
from suitecrm_bridge.package.php import assignments

_ENUM_LENGTH = 100
_NAME_LENGTH = 255
_INT_LENGTH = 11
_ID_LENGTH = 36
_MASS_UPDATED = {"bool", "enum", "date"}
CARD_FILE = "custom/lib/SuiteCRMBridge/Card/function.php"
"""Where SuiteCRM finds the function that fills the field of the card."""
_TYPES = {"datetime": "datetimecombo"}
WRITTEN = {"18,2": "suitecrmbridge_amount", "5,4": "suitecrmbridge_share"}
"""How SuiteCRM 7 writes decimals, by their digits and how many of these stand behind the point."""


def custom_fields(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return what installdefs['custom_fields'] holds."""
    return [
        definition
        for module in catalogue.modules
        for field in catalogue.fields_of(module)
        for definition in _definitions(field, module)
    ]


def vardefs(catalogue: Catalogue, module: str) -> str:
    """Return the fragment that explains fields and keeps people from editing the bridge's.

    SuiteCRM's table of custom fields cannot hold `inline_edit`, nor `readonly` for version 8, nor
    the help beside a label, nor how a decimal is written; its `help` is shown only in forms, and
    there as it stands, as the name of a label. Of the card nothing is stored.
    """
    target = f"$dictionary['{catalogue.modules[module].object}']['fields']"
    closed = {"inline_edit": False, "massupdate": False, "readonly": True}
    explained = {
        f"{target}['{field.name}']['{key}']": value
        for field in catalogue.fields_of(module)
        for key, value in {
            "popupHelp": field_help(field.name),
            **written(field),
            **(closed if field.writer == "bridge" else {}),
        }.items()
    }
    card = {f"{target}['{CARD}']": _card()} if screens(catalogue)[module].card else {}
    return assignments({**card, **explained})


def written(field: Field) -> dict[str, str]:
    """Return what has SuiteCRM 7 write a field as an amount or in percent; nothing of others."""
    kind = WRITTEN.get(f"{field.digits},{field.scale}")
    return {"custom_type": kind} if kind else {}


def _card() -> dict[str, Any]:
    return {
        "name": CARD,
        "vname": CARD_LABEL,
        "type": "function",
        "source": "non-db",
        "studio": "visible",
        "massupdate": 0,
        "importable": "false",
        "duplicate_merge": "disabled",
        "audited": False,
        "reportable": False,
        "inline_edit": 0,
        "readonly": True,
        "function": {"name": CARD, "returns": "html", "include": CARD_FILE},
    }


def _definitions(field: Field, module: str) -> Iterator[dict[str, Any]]:
    people = field.writer == "people"
    yield {
        **_common(field.name, module),
        "type": _TYPES.get(field.type, field.type),
        "help": "",
        # Only a change of segment is saved as a record, so only there an audit can see it.
        "audited": field.dropdown == SEGMENT_LIST,
        "importable": "true" if people else "false",
        "reportable": True,
        "mass_update": int(people and field.type in _MASS_UPDATED),
        "inline_edit": int(people),
        **_by_type(field),
    }
    if field.id_name:
        yield {
            **_common(field.id_name, module),
            "type": "id",
            "max_size": _ID_LENGTH,
            "importable": "true",
            "reportable": False,
            "mass_update": 0,
            "inline_edit": 0,
        }


def _common(name: str, module: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": field_label(name),
        "module": module,
        "required": False,
        "duplicate_merge": 0,
    }


def _by_type(field: Field) -> dict[str, Any]:
    if field.type == "decimal":
        # The column takes `precision`, the vardef takes `ext1`: without it, it says 8.
        return {
            "max_size": field.digits,
            "precision": field.scale,
            "ext1": str(field.scale),
        }
    options: dict[str, dict[str, Any]] = {
        "varchar": {"max_size": field.length},
        "int": {"max_size": _INT_LENGTH},
        "bool": {"default_value": "0"},
        "enum": {"max_size": _ENUM_LENGTH, "ext1": dropdown_list(field.dropdown or "")},
        "relate": {"max_size": _NAME_LENGTH, "ext2": field.related_module, "ext3": field.id_name},
    }
    return options.get(field.type, {})
