"""The bill of materials: every library that the bridge runs with, with version and licence."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import suitecrm_bridge

ROOT = Path(__file__).resolve().parent.parent.parent
NAME, LICENCE = "suitecrm-bridge", "AGPL-3.0-or-later"
_CLASSIFIED = "License :: "
_LONGEST = 80
"""Characters of a licence's name; more is its text."""

CHARTS = (
    ("vega", "6.2.0", "BSD-3-Clause"),
    ("vega-lite", "6.4.1", "BSD-3-Clause"),
    ("vega-interpreter", "2.0.0", "BSD-3-Clause"),
)
"""What the script of the report's charts is made of; setup.py names the same."""


class NoLicence(Exception):
    """A library does not say under which licence it is."""


def bill() -> str:
    """Return the bill as CycloneDX JSON.

    Raises:
        NoLicence: a library says none.
        PackageNotFoundError: a library is not installed.
        ValueError: what was made is no valid bill.
    """
    bom, made = Bom(), {}
    own = _component(NAME, suitecrm_bridge.__version__, LICENCE, kind=ComponentType.APPLICATION)
    bom.metadata.component = own
    needs = dict(_needs())
    for name, (found, _) in needs.items():
        made[name] = _component(found.name, found.version, licence(found))
        bom.components.add(made[name])
    charts = [_component(*one, registry="npm") for one in CHARTS]
    for one in charts:
        bom.components.add(one)
    bom.register_dependency(own, [*(made[name] for name in _first() if name in made), *charts])
    for name, (_, others) in needs.items():
        bom.register_dependency(made[name], [made[other] for other in others])
    said: str = JsonV1Dot6(bom).output_as_string(indent=1)
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(said)
    if wrong is not None:
        raise ValueError(f"The bill of materials is not valid: {wrong}")
    return said


def licence(found: Distribution) -> str:
    """Return the licence of a library, as its metadata say it.

    Raises:
        NoLicence: they say none.
    """
    said = found.metadata
    classified = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier") or ()
        if line.startswith(_CLASSIFIED) and line.count("::") > 1
    ]
    named = (said["License"] or "").strip()
    short = named if 0 < len(named) <= _LONGEST and "\n" not in named else ""
    licence = said["License-Expression"] or short or ", ".join(classified)
    if not licence:
        raise NoLicence(f"{found.name} {found.version} says no licence")
    return licence


def _first() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    return [canonicalize_name(one.name) for one in wanted if _holds(one, ())]


def _needs() -> Iterator[tuple[str, tuple[Distribution, list[str]]]]:
    """Yield each library by name, with the libraries that it needs itself."""
    todo: list[tuple[str, frozenset[str]]] = [(name, frozenset()) for name in _first()]
    seen = set(todo)
    known: dict[str, tuple[Distribution, list[str]]] = {}
    while todo:
        name, extras = todo.pop()
        found = distribution(name)
        wanted = [Requirement(line) for line in found.requires or ()]
        held = [one for one in wanted if _holds(one, extras)]
        others = known.get(name, (found, []))[1] + [canonicalize_name(one.name) for one in held]
        known[name] = (found, sorted(set(others)))
        more = {(canonicalize_name(one.name), frozenset(one.extras)) for one in held} - seen
        seen |= more
        todo += sorted(more, key=str)
    yield from sorted(known.items())


def _holds(wanted: Requirement, extras: frozenset[str] | tuple[()]) -> bool:
    return wanted.marker is None or any(
        wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)
    )


def _component(
    name: str,
    version: str,
    licence: str,
    *,
    kind: ComponentType = ComponentType.LIBRARY,
    registry: str = "pypi",
) -> Component:
    url = PackageURL(type=registry, name=name, version=version)
    return Component(
        name=name,
        version=version,
        type=kind,
        purl=url,
        bom_ref=str(url),
        licenses=[LicenseFactory().make_from_string(licence)],
    )


def main(arguments: list[str]) -> int:
    """Write the bill into the folder that is named."""
    folder = Path(arguments[0])
    try:
        said = bill()
    except (NoLicence, PackageNotFoundError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{NAME.replace('-', '_')}-{suitecrm_bridge.__version__}.cdx.json"
    file.write_text(said + "\n", encoding="utf-8")
    print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
