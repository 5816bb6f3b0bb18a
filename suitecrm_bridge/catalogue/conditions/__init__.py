"""Conditions as people write them: `segment in ["champions"] and last_purchase before 90 days ago`.

`parse` turns the words into a tree, `possible` says whether it can hold of anybody, `holds` whether
it does of one record. What may be named is a `Names`.
"""

from suitecrm_bridge.catalogue.conditions.holding import holds
from suitecrm_bridge.catalogue.conditions.names import (
    LEADS,
    Audience,
    Names,
    names,
    names_since,
)
from suitecrm_bridge.catalogue.conditions.parsing import parse
from suitecrm_bridge.catalogue.conditions.possible import possible
from suitecrm_bridge.catalogue.conditions.tokens import Problem
from suitecrm_bridge.catalogue.conditions.tree import (
    Both,
    Compared,
    Condition,
    Containing,
    Either,
    Empty,
    Figure,
    Having,
    Moment,
    Never,
    OneOf,
    described,
    happened,
)

__all__ = [
    "LEADS",
    "Audience",
    "Both",
    "Compared",
    "Condition",
    "Containing",
    "Either",
    "Empty",
    "Figure",
    "Having",
    "Moment",
    "Names",
    "Never",
    "OneOf",
    "Problem",
    "described",
    "happened",
    "holds",
    "names",
    "names_since",
    "parse",
    "possible",
]
