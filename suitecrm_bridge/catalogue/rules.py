"""Every table of rules that an installation may add to, read with its own file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from suitecrm_bridge.catalogue import (
    actions,
    competitors,
    complaints,
    figures,
    judging,
    reacting,
    relating,
    segments,
    themes,
)
from suitecrm_bridge.catalogue.installation import own_catalogue
from suitecrm_bridge.catalogue.model import Catalogue
from suitecrm_bridge.catalogue.programmes import Addressing, Programme, addressing, programmes
from suitecrm_bridge.catalogue.programmes.addressing import FILE as ADDRESSING
from suitecrm_bridge.catalogue.programmes.loading import FOLDER

_FILES = (
    themes.FILE,
    competitors.FILE,
    complaints.FILE,
    reacting.FILE,
    actions.FILE,
    judging.POTENTIAL,
    judging.REVIEW,
    relating.ENGAGEMENT,
    relating.WISHES,
    relating.LETTING_GO,
    segments.FILE,
    figures.RFM,
    figures.LIFECYCLE,
)


@dataclass(frozen=True)
class Rules:
    """The rules of one installation, each read when it is first asked for.

    Each raises CatalogueError where the installation's own file cannot be read or used.

    Args:
        home: the folder with the installation's own files; None, the shipped rules alone.
    """

    home: Path | None = None

    @property
    def own_files(self) -> list[Path]:
        """The files that the installation has of its own."""
        if self.home is None:
            return []
        return [file for name in _FILES if (file := self.home / name).is_file()]

    @cached_property
    def catalogue(self) -> Catalogue:
        """Everything that has a name, with the installation's segments."""
        return own_catalogue(self.home)

    @cached_property
    def fingerprint(self) -> str:
        """Return what two packages that know the same segments, complaints and actions share."""
        segments = [
            [one.key, one.rank, one.colour, one.when, one.role, sorted(one.cells), one.label.texts]
            for one in self.catalogue.segments.values()
        ]
        said = [
            [
                one.key,
                one.action,
                {n: list(words) for n, words in one.conditions.items()},
                one.say.texts,
            ]
            for one in self.actions.rules
        ]
        told = [segments, self.complaints.told_to_package(), said, dict(self.actions.limits)]
        text = json.dumps(told, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def rfm(self) -> figures.RfmRules:
        """What RFM scores are cut by where fifths do not serve."""
        return figures.rfm_rules(own=self._own(figures.RFM), lifecycle=self.lifecycle)

    @cached_property
    def lifecycle(self) -> figures.LifecycleRules:
        """The limits of the lifecycle."""
        return figures.lifecycle_rules(own=self._own(figures.LIFECYCLE))

    @cached_property
    def actions(self) -> actions.ActionRules:
        """What to do next."""
        return actions.action_rules(self.catalogue, self._own(actions.FILE))

    @cached_property
    def complaints(self) -> complaints.ComplaintRules:
        """What the figures about complaints go by."""
        return complaints.complaint_rules(own=self._own(complaints.FILE))

    @cached_property
    def reactions(self) -> reacting.Reactions:
        """Which tasks complaints open."""
        return reacting.reaction_rules(self.catalogue, self._own(reacting.FILE))

    @cached_property
    def themes(self) -> themes.ThemeRules:
        """What texts of complaints are about."""
        return themes.theme_rules(self._own(themes.FILE))

    @cached_property
    def competitors(self) -> competitors.CompetitorRules:
        """Which competitors are watched for."""
        return competitors.competitor_rules(self._own(competitors.FILE))

    @cached_property
    def potential(self) -> Mapping[str, int]:
        """What each signal of potential weighs."""
        return judging.potential_weights(own=self._own(judging.POTENTIAL))

    @cached_property
    def review(self) -> Mapping[str, int]:
        """From where on a person should look at a customer."""
        bounds = judging.review_bounds(own=self._own(judging.REVIEW))
        return {name: value for of_reason in bounds.values() for name, value in of_reason.items()}

    @cached_property
    def engagement(self) -> Mapping[str, relating.Signal]:
        """What makes up engagement."""
        return relating.engagement_signals(own=self._own(relating.ENGAGEMENT))

    @cached_property
    def fixed_percent(self) -> int:
        """How much of the cost of serving a customer goes on when they leave, in percent."""
        return relating.fixed_percent(own=self._own(relating.LETTING_GO))

    @cached_property
    def wishes(self) -> relating.Wishes:
        """By which words wishes and ideas are known."""
        return relating.wish_rules(own=self._own(relating.WISHES))

    @cached_property
    def programmes(self) -> Mapping[str, Programme]:
        """Every programme by its key, the most important first."""
        return programmes(self._own(FOLDER), known=self.catalogue)

    @cached_property
    def addressing(self) -> Addressing:
        """How often anybody is addressed, over all programmes."""
        return addressing(self._own(ADDRESSING))

    def _own(self, name: str) -> Path | None:
        return None if self.home is None else self.home / name
