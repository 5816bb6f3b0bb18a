"""What the texts of complaints say: themes under names that stay, and competitors."""

from __future__ import annotations

import logging
from datetime import date

from suitecrm_bridge.analytics.complaints import competitors, themes
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import Language, Rules
from suitecrm_bridge.mirror import Mirror

logger = logging.getLogger(__name__)


def find_themes(mirror: Mirror, rules: Rules, engine: Engine, lang: Language) -> themes.Themes:
    """Do as `themes_of`, and keep the themes under their names for the next time."""
    found = themes_of(mirror, rules, engine)
    mirror.themes.keep(found.keep)
    missing = found.missing(lang)
    if missing:
        logger.info("%s", missing)
    return found


def themes_of(mirror: Mirror, rules: Rules, engine: Engine) -> themes.Themes:
    """Leave `case_themes` and `theme_titles` in `engine`, after `complaints.prepare`.

    Raises:
        CatalogueError: the installation's own file cannot be used.
    """
    watched = rules.competitors.names
    names = [spelling for name, others in watched.items() for spelling in (name, *others)]
    return themes.compute(engine, mirror.themes.known(), rules.themes, names)


def find_competitors(rules: Rules, engine: Engine, as_of: date) -> None:
    """Leave `competitor_mentions` in `engine`, after `complaints.prepare`.

    Raises:
        CatalogueError: the installation's own file cannot be used.
    """
    competitors.compute(engine, as_of, rules.competitors)
