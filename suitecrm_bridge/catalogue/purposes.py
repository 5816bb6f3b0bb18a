"""What each stored column is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from suitecrm_bridge.catalogue.languages import LANGUAGES, Translated
from suitecrm_bridge.catalogue.loader import data_folder, each
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.tables import Table, translated
from suitecrm_bridge.errors import CatalogueError

FILE = "purposes.toml"


@dataclass(frozen=True)
class Purpose:
    """Why columns are stored, and which they are by name."""

    key: str
    said: Translated
    columns: tuple[str, ...]


def purposes(catalogue: Catalogue, folder: Traversable | None = None) -> Mapping[str, Purpose]:
    """Return the purpose of each column by its name, for every column of every module.

    Raises:
        CatalogueError: a column has no purpose, or two, or there is no such column.
    """
    found: dict[str, Purpose] = {}
    for purpose in each(folder or data_folder(), FILE, _purpose).values():
        for name in purpose.columns:
            if name in found:
                raise CatalogueError(f"{FILE}: {name} has two purposes")
            found[name] = purpose
    stored = {name for module in catalogue.modules.values() for name in module.columns}
    if stored != found.keys():
        wrong = ", ".join(sorted(stored ^ found.keys()))
        raise CatalogueError(f"{FILE}: each column that is stored needs one purpose: {wrong}")
    return found


def _purpose(key: str, table: Table) -> Purpose:
    table.allow({"columns", *LANGUAGES})
    said = translated(table.where, {lang: table.get(lang, str) for lang in LANGUAGES})
    return Purpose(key, said, table.texts("columns"))
