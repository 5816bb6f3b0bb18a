"""Every table of rules that an installation may add to, read with its own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from suitecrm_bridge.catalogue import actions, competitors, complaints, judging, reactions, themes
from suitecrm_bridge.catalogue.loader import catalogue

_FILES = (
    themes.FILE,
    competitors.FILE,
    complaints.FILE,
    reactions.FILE,
    actions.FILE,
    judging.POTENTIAL,
    judging.REVIEW,
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
    def actions(self) -> actions.ActionRules:
        """What to do next."""
        return actions.action_rules(catalogue(), self._own(actions.FILE))

    @cached_property
    def complaints(self) -> complaints.ComplaintRules:
        """What the figures about complaints go by."""
        return complaints.complaint_rules(own=self._own(complaints.FILE))

    @cached_property
    def reactions(self) -> reactions.Reactions:
        """Which tasks complaints open."""
        return reactions.reaction_rules(catalogue(), self._own(reactions.FILE))

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

    def _own(self, name: str) -> Path | None:
        return None if self.home is None else self.home / name
