"""Records with their fields, as they come with a link or with one value of a column."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from suitecrm_bridge.crm.client import SuiteCRM
from suitecrm_bridge.crm.documents import resources
from suitecrm_bridge.crm.query import paging

MOST = 200
"""Records that are taken; who has more of them looks for those that are left by hand."""


def linked(crm: SuiteCRM, module: str, id: str, link: str) -> list[Mapping[str, str]]:
    """Return the records that a link of a record leads to, each field as text.

    Raises:
        RecordNotFound: there is no such record.
        RequestRefused: the module has no such link, or the API user may not follow it.
    """
    path = f"/V8/module/{quote(module, safe='')}/{quote(id, safe='')}/relationships/{quote(link)}"
    payload = crm.api.request("GET", path, query=paging(MOST), module=module, id=id)
    return [_texts(one) for one in resources(payload, f"{module} {id}")]


def having(
    crm: SuiteCRM, module: str, column: str, value: str, fields: Sequence[str]
) -> list[Mapping[str, str]]:
    """Return the records of a module that have a value in a column, these fields of each as text.

    SuiteCRM cannot list all fields of every module.

    Raises:
        RequestRefused: the API user may not read the module.
    """
    path = f"/V8/module/{quote(module, safe='')}"
    names = (f"fields[{module}]", ",".join(fields))
    query = [(f"filter[{column}][eq]", value), names, *paging(MOST)]
    payload = crm.api.request("GET", path, query=query, module=module)
    return [_texts(one) for one in resources(payload, module)]


def _texts(given: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a record without SuiteCRM's HTML entities; what is empty is ''."""
    fields = {
        name: html.unescape(value)
        for name, value in given["attributes"].items()
        if isinstance(value, str)
    }
    return fields | {"id": given["id"]}
