"""Labels in languages other than those of the bridge's own texts, for SuiteCRM's screens."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError

PANELS = "panel_"


@dataclass(frozen=True)
class Translation:
    """Labels of fields, dropdown values and panels in one language, by SuiteCRM's code of it."""

    code: str
    fields: Mapping[str, str]
    dropdowns: Mapping[str, Mapping[str, str]]
    panels: Mapping[str, str]


def translations(catalogue: Catalogue, folder: Traversable | None = None) -> list[Translation]:
    """Return every translation, complete.

    Raises:
        CatalogueError: a translation lacks a label, or has one that the catalogue does not know.
    """
    folder = folder or files(__package__) / "data" / "translations"
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return [_translation(file, catalogue) for file in found if file.name.endswith(".toml")]


def panels(catalogue: Catalogue) -> list[str]:
    """Return the names of the panels that have a title in the messages."""
    start = f"package.{PANELS}"
    return [key.removeprefix(start) for key in catalogue.messages if key.startswith(start)]


def _translation(file: Traversable, catalogue: Catalogue) -> Translation:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{file.name}: {error}") from error
    whole = Table(file.name, "translation", data)
    whole.allow({"fields", "dropdowns", "panels"})
    lists = whole.get("dropdowns", dict)
    _same_keys(f"{file.name}: [dropdowns]", lists, catalogue.dropdowns)
    return Translation(
        code=file.name.removesuffix(".toml"),
        fields=_labels(file, "fields", whole.get("fields", dict), catalogue.fields),
        dropdowns={
            name: _labels(file, f"dropdowns.{name}", lists[name], values)
            for name, values in catalogue.dropdowns.items()
        },
        panels=_labels(file, "panels", whole.get("panels", dict), panels(catalogue)),
    )


def _labels(
    file: Traversable, key: str, labels: Mapping[str, str], wanted: Collection[str]
) -> dict[str, str]:
    where = f"{file.name}: [{key}]"
    _same_keys(where, labels, wanted)
    for name, label in labels.items():
        if not isinstance(label, str) or not label.strip() or label != label.strip():
            raise CatalogueError(f"{where}: {name} must be a text without spaces around it")
    return {name: labels[name] for name in wanted}


def _same_keys(where: str, found: Collection[str], wanted: Collection[str]) -> None:
    missing, unknown = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
    if missing:
        raise CatalogueError(f"{where} lacks {', '.join(missing)}")
    if unknown:
        raise CatalogueError(f"{where} has {', '.join(unknown)}, which the catalogue does not know")
