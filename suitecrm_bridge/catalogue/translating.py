"""Labels in languages other than those of the bridge's own texts, for SuiteCRM's screens."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from suitecrm_bridge.catalogue.languages import Language
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.tables import Table
from suitecrm_bridge.errors import CatalogueError

PANELS = "panel_"
_INSTEAD: Language = "en"
"""The language in which a label stands that nobody has translated yet."""


@dataclass(frozen=True)
class Translation:
    """Labels of fields, dropdown values and panels in one language, by SuiteCRM's code of it.

    Those that nobody has translated yet are in English; `lacking` names them.
    """

    code: str
    fields: Mapping[str, str]
    dropdowns: Mapping[str, Mapping[str, str]]
    panels: Mapping[str, str]
    lacking: tuple[str, ...] = ()


def translations(catalogue: Catalogue, folder: Traversable | None = None) -> list[Translation]:
    """Return every translation, with English where it lacks a label.

    Raises:
        CatalogueError: a translation has a label that the catalogue does not know, or an empty one.
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
    _check_known(f"{file.name}: [dropdowns]", lists, catalogue.dropdowns)
    wanted = {
        "fields": {name: field.label[_INSTEAD] for name, field in catalogue.fields.items()},
        "panels": {name: _title(catalogue, name) for name in panels(catalogue)},
    }
    wanted |= {
        f"dropdowns.{name}": {key: label[_INSTEAD] for key, label in values.items()}
        for name, values in catalogue.dropdowns.items()
    }
    given = {name: whole.get(name, dict) for name in ("fields", "panels")}
    given |= {f"dropdowns.{name}": lists.get(name, {}) for name in catalogue.dropdowns}
    for name, labels in given.items():
        _check(f"{file.name}: [{name}]", labels, wanted[name])
    made = {name: {**wanted[name], **given[name]} for name in wanted}
    return Translation(
        code=file.name.removesuffix(".toml"),
        fields=made["fields"],
        dropdowns={name: made[f"dropdowns.{name}"] for name in catalogue.dropdowns},
        panels=made["panels"],
        lacking=tuple(
            f"{name}.{key}" for name in wanted for key in wanted[name] if key not in given[name]
        ),
    )


def _title(catalogue: Catalogue, panel: str) -> str:
    return catalogue.messages[f"package.{PANELS}{panel}"].other[_INSTEAD]


def _check(where: str, labels: Mapping[str, str], wanted: Collection[str]) -> None:
    _check_known(where, labels, wanted)
    for name, label in labels.items():
        if not isinstance(label, str) or not label.strip() or label != label.strip():
            raise CatalogueError(f"{where}: {name} must be a text without spaces around it")


def _check_known(where: str, found: Collection[str], wanted: Collection[str]) -> None:
    unknown = sorted(set(found) - set(wanted))
    if unknown:
        raise CatalogueError(f"{where} has {', '.join(unknown)}, which the catalogue does not know")
