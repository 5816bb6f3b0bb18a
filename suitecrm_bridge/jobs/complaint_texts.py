"""What the texts of complaints say: themes under names that stay, and competitors."""

from __future__ import annotations

import logging
from datetime import date

from suitecrm_bridge.analytics.complaints import competitors, themes
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import CompetitorRules, competitor_rules, theme_rules
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.jobs.own_files import COMPETITORS_FILE, THEMES_FILE

logger = logging.getLogger(__name__)


def find_themes(context: Context, engine: Engine) -> themes.Themes:
    """Do as `themes_of`, and keep the themes under their names for the next time."""
    found = themes_of(context, engine)
    context.mirror.themes.keep(found.keep)
    missing = found.missing(context.lang)
    if missing:
        logger.info("%s", missing)
    return found


def themes_of(context: Context, engine: Engine) -> themes.Themes:
    """Leave `case_themes` and `theme_titles` in `engine`, after `complaints.prepare`.

    Raises:
        CatalogueError: the installation's own file cannot be used.
    """
    rules = theme_rules(context.settings.home / THEMES_FILE)
    watched = _watched(context).names
    names = [spelling for name, others in watched.items() for spelling in (name, *others)]
    return themes.compute(engine, context.mirror.themes.known(), rules, names)


def find_competitors(context: Context, engine: Engine, as_of: date) -> None:
    """Leave `competitor_mentions` in `engine`, after `complaints.prepare`.

    Raises:
        CatalogueError: the installation's own file cannot be used.
    """
    competitors.compute(engine, as_of, _watched(context))


def _watched(context: Context) -> CompetitorRules:
    return competitor_rules(context.settings.home / COMPETITORS_FILE)
