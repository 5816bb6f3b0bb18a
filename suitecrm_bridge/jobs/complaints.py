"""What complaints add to the scores of a night."""

from __future__ import annotations

from datetime import date

import pandas as pd

from suitecrm_bridge.analytics.complaints import alarms, response, satisfaction
from suitecrm_bridge.analytics.complaints.promise import promises
from suitecrm_bridge.analytics.complaints.themes import Themes
from suitecrm_bridge.analytics.engine import Engine, Tables
from suitecrm_bridge.insights.complaints.ready import prepare
from suitecrm_bridge.insights.complaints.texts import find_themes
from suitecrm_bridge.jobs import complaint_tasks
from suitecrm_bridge.jobs.context import Context


class Scoring:
    """What complaints add to the scores: first of customers, once all are saved of each case.

    Args:
        context: whose mirror.
        engine: where everything is computed.
        as_of: the day of the scores.
    """

    def __init__(self, context: Context, engine: Engine, as_of: date) -> None:
        self._context, self._engine, self._as_of = context, engine, as_of
        mirror, choices = context.mirror, context.choices
        self._rules = choices.rules.complaints
        prepare(mirror, choices, engine, as_of)
        self._themes: Themes = find_themes(mirror, choices.rules, engine, choices.lang)
        self._of_most = context.mirror.facts.who_complains()

    def look_at_customers(self) -> None:
        """Make what complaints say of customers."""
        self._engine.table("survey_facts", "survey_facts_of_all")
        satisfaction.prepare(self._engine, self._as_of, self._rules.surveys)
        for name in ("case_customers", "customer_traits"):
            self._engine.table(name, f"{name}_{self._of_most}")
        alarms.compute(self._engine, self._as_of, self._rules.alarms)

    def customers(self, part: Tables) -> pd.DataFrame:
        """Return what complaints say of each customer of a part, after `look_at_customers`.

        Columns out: those of `response.customers`, with entity and customer_id as index.
        """
        found = response.customers(part).set_index(["entity", "customer_id"])
        # As objects, for a count stays whole where it is joined to customers without one.
        return found.astype(object)

    def cases(self) -> pd.DataFrame:
        """Return what is to stand on cases.

        Columns out: those of `response.cases`; promised_by, complaint_theme. Cases that are no
        complaints any more come too, with nothing, where something still stands on them.
        """
        self._context.mirror.facts.define_complaints()
        found = response.cases(self._engine).set_index("case_id")
        themes = self._engine.fetch("case_themes").set_index("case_id")["theme"]
        found["promised_by"] = promises(
            self._engine, self._as_of, self._context.choices.calendar, self._rules
        )
        found["complaint_theme"] = themes.astype(object).map(self._themes.titles)
        left = found.index.union(self._context.mirror.scores.with_figures("cases"))
        figures = found.reindex(left).astype(object)
        breached = figures["sla_breached"].map(lambda value: value is True)
        return figures.assign(sla_breached=breached).rename_axis("case_id").reset_index()

    def react(self) -> None:
        """Note which tasks are wanted."""
        names = {
            "product": self._context.mirror.facts.product_names(),
            "theme": self._themes.titles,
        }
        complaint_tasks.want(self._context, self._engine, self._as_of, names)
