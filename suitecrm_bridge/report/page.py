"""HTML for reading: one page with its own scripts, which asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from suitecrm_bridge.catalogue import SCORES, Entity, Language, catalogue
from suitecrm_bridge.harmless import harmless
from suitecrm_bridge.i18n import text
from suitecrm_bridge.report import figures, other_sections, sections
from suitecrm_bridge.report.blocks import Block, Page
from suitecrm_bridge.report.charts.spec import Chart
from suitecrm_bridge.report.model import Report
from suitecrm_bridge.report.payload import payload, script
from suitecrm_bridge.report.words import Words, is_web, readable_on

logger = logging.getLogger(__name__)

ASSETS = Path(__file__).parent / "assets"
LIBRARY = ASSETS / "vega.js"
OWN = ("format", "lists", "people", "charts", "filters", "main")
"""The parts of the page's own script, in their order."""
SCRIPTS = "<!-- scripts -->"
"""Where they stand; no text of a page can hold it, since texts are escaped."""


def write(report: Report, file: BinaryIO) -> None:
    """Write `report` into `file`."""
    words = Words(report.lang)
    pages = pages_of(report, words)
    charts = {block.id: block.chart for page in pages for block in page.blocks if block.chart}
    scripts = [library(), own_script()] if report.entities else []
    first = _first(report)
    page = environment(report.lang).get_template("dashboard.html.j2")
    text = page.render(
        report=report,
        pages=pages,
        first=first,
        maps={entity: figures.segment_map(tables) for entity, tables in report.entities.items()},
        segments=[(s, readable_on(s.colour)) for s in catalogue().segments.values()],
        policy=" ".join(f"'{digest(one)}'" for one in scripts) or "'none'",
        data=Markup(script(payload(report, _charts(charts), first, words))),  # noqa: S704 - escaped
    )
    # What the package itself holds needs no look at every letter, unlike all that stands before it.
    before, after = text.split(SCRIPTS)
    told = [f"<script>{one}</script>" for one in scripts]
    file.write("\n".join([before, *told, after]).encode("utf-8"))


def pages_of(report: Report, words: Words) -> list[Page]:
    """Return the pages with what stands on them; about customers, a part for each kind."""

    def for_each(make: str) -> list[Block]:
        builder = getattr(sections, make)
        return [block for entity in report.entities for block in builder(report, entity, words)]

    made = {
        "overview": for_each("overview"),
        "customers": for_each("customers"),
        "value": [*for_each("value"), *other_sections.leads(report, words)],
        "complaints": [*other_sections.complaints(report, words)],
        "satisfaction": [*other_sections.satisfaction(report, words)],
        "programmes": [*other_sections.programmes(report, words), *for_each("campaigns")],
        "data": [*for_each("completeness"), *other_sections.data(report, words)],
    }
    return [Page(key, words.text(f"dashboard.page_{key}"), blocks) for key, blocks in made.items()]


@cache
def environment(lang: Language) -> Environment:
    """Return what fills in the templates, in a reader's language."""
    words = Words(lang)
    made = Environment(
        loader=PackageLoader("suitecrm_bridge.report"),
        autoescape=True,
        finalize=harmless_on_a_page,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        words=words,
        t=words.text,
        scores=SCORES,
        best_first=tuple(reversed(SCORES)),
        is_web=is_web,
    )
    return made


def harmless_on_a_page(value: object) -> object:
    """Return what a place of the page holds; what is marked as HTML stays marked."""
    return type(value)(harmless(value)) if isinstance(value, str) else value


@cache
def library() -> str:
    """Return the script that draws charts, "" where the package was not built."""
    if LIBRARY.exists():
        return LIBRARY.read_text(encoding="utf-8")
    logger.warning("%s", text("dashboard.no_library", file=LIBRARY.name))
    return ""


@cache
def own_script() -> str:
    """Return the page's own script."""
    parts = [(ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in OWN]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def digest(content: str) -> str:
    """Return by what a content security policy knows a script."""
    made = hashlib.sha256(content.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(made).decode('ascii')}"


def _charts(charts: dict[str, Chart]) -> dict[str, Chart]:
    return dict(sorted(charts.items()))


def _first(report: Report) -> Entity | None:
    """Return whose figures stand there first: of those who have bought more."""
    by: Iterable[Entity] = report.entities
    return max(
        by,
        key=lambda entity: report.entities[entity].totals.key.buyers,
        default=None,
    )
