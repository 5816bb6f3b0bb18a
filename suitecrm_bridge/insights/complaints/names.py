"""Names behind the keys in figures about complaints: products, themes and cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from suitecrm_bridge.analytics.complaints.themes import Themes
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.insights.choices import Choices
from suitecrm_bridge.insights.complaints.texts import themes_of
from suitecrm_bridge.mirror import Mirror


@dataclass(frozen=True)
class Lookups:
    """What is looked up once for all figures; `engine` is one that `ready.prepared` left."""

    mirror: Mirror
    choices: Choices
    engine: Engine

    @cached_property
    def products(self) -> Mapping[str, str]:
        """The names of products by their ids."""
        return self.mirror.facts.product_names()

    @cached_property
    def themes(self) -> Themes:
        """The themes; `case_themes` stands in the engine from now on."""
        return themes_of(self.mirror, self.choices.rules, self.engine)

    def engine_by(self, dimensions: Collection[str]) -> Engine:
        """Return the engine, with the themes in it where they are among the dimensions."""
        _ = self.themes if "theme" in dimensions else None
        return self.engine

    def names(self, dimensions: Collection[str], keys: Iterable[str]) -> list[str]:
        """Return the name of each key of a dimension, empty where there is none."""
        known = {"product": self.products} if "product" in list(dimensions) else {}
        if "owner" in list(dimensions):
            known["owner"] = self.mirror.owners.names()
        if "theme" in list(dimensions):
            known["theme"] = self.themes.titles
        pairs = zip(dimensions, keys, strict=True)
        return [known.get(dimension, {}).get(key, "") for dimension, key in pairs]

    def with_cases(
        self, frame: pd.DataFrame, ids: Sequence[Sequence[str]], name: str
    ) -> pd.DataFrame:
        """Add lists of cases, the latest first: their ids under `name`, and their subjects."""
        asked = pd.DataFrame({"case_id": [id for some in ids for id in some]}, dtype="string")
        self.engine.table("asked_cases", asked.drop_duplicates())
        known = self.engine.fetch("case_subjects")
        known = known.sort_values(["created", "case_id"], ascending=[False, True])
        subjects = dict(zip(known["case_id"], known["subject"], strict=True))
        place = {id: number for number, id in enumerate(subjects)}
        found = [sorted(some, key=place.__getitem__) for some in ids]
        columns = {name: found, "subjects": [[subjects[id] for id in some] for some in found]}
        lists = {
            column: pd.Series(values, index=frame.index, dtype=object)
            for column, values in columns.items()
        }
        return frame.assign(**lists)
