"""The only source of names: fields, segments, modules, dropdowns and messages.

The data files lie in `data/`; `catalogue()` is what the rest of the bridge uses, `use_own` puts an
installation's segments into it.
"""

from typing import TYPE_CHECKING

from suitecrm_bridge.lazily import lazily

if TYPE_CHECKING:
    from suitecrm_bridge.catalogue.actions import ActionRule, ActionRules, action_rules
    from suitecrm_bridge.catalogue.competitors import CompetitorRules, competitor_rules
    from suitecrm_bridge.catalogue.complaints import (
        OTHER_PRIORITY,
        STEPS,
        ComplaintRules,
        Rule,
        Serious,
        SurveyRules,
        Target,
        complaint_rules,
    )
    from suitecrm_bridge.catalogue.differing import is_reason, kept_form, storable
    from suitecrm_bridge.catalogue.drift import Drift
    from suitecrm_bridge.catalogue.figures import (
        Basis,
        Cuts,
        Indicator,
        LifecycleRules,
        RfmRules,
        indicators,
        lifecycle_rules,
        rfm_rules,
    )
    from suitecrm_bridge.catalogue.installation import own_catalogue, use_own
    from suitecrm_bridge.catalogue.judging import potential_weights, review_bounds
    from suitecrm_bridge.catalogue.languages import LANGUAGES, Language, Manner, Translated, manners
    from suitecrm_bridge.catalogue.loader import catalogue, load, shipped
    from suitecrm_bridge.catalogue.model import (
        ENTITY_MODULES,
        PLACE_FIELDS,
        SCORES,
        SEGMENT_FIELD,
        SEGMENT_LIST,
        Catalogue,
        Entity,
        Field,
        Link,
        Message,
        Module,
        Parent,
        Segment,
        Source,
    )
    from suitecrm_bridge.catalogue.needing import all_needs, history_of, needs, sources
    from suitecrm_bridge.catalogue.placing import Screen, dashlets, screens
    from suitecrm_bridge.catalogue.reacting import Reaction, Reactions, reaction_rules
    from suitecrm_bridge.catalogue.routing import Routes, routes
    from suitecrm_bridge.catalogue.rules import Rules
    from suitecrm_bridge.catalogue.standings import LEAVING, STANDINGS, Standings, standing_rules
    from suitecrm_bridge.catalogue.themes import NamedTheme, Theme, ThemeRules, theme_rules
    from suitecrm_bridge.catalogue.translating import Translation, translations
else:
    __getattr__ = lazily(
        __name__,
        {
            "actions": "ActionRule ActionRules action_rules",
            "competitors": "CompetitorRules competitor_rules",
            "complaints": (
                "OTHER_PRIORITY STEPS ComplaintRules Rule Serious SurveyRules Target "
                "complaint_rules"
            ),
            "differing": "is_reason kept_form storable",
            "drift": "Drift",
            "figures": (
                "Basis Cuts Indicator LifecycleRules RfmRules indicators lifecycle_rules rfm_rules"
            ),
            "installation": "own_catalogue use_own",
            "judging": "potential_weights review_bounds",
            "languages": "LANGUAGES Language Manner Translated manners",
            "loader": "catalogue load shipped",
            "model": (
                "ENTITY_MODULES PLACE_FIELDS SCORES SEGMENT_FIELD SEGMENT_LIST Catalogue Entity "
                "Field Link Message Module Parent Segment Source"
            ),
            "needing": "all_needs history_of needs sources",
            "reacting": "Reaction Reactions reaction_rules",
            "routing": "Routes routes",
            "rules": "Rules",
            "placing": "Screen dashlets screens",
            "standings": "LEAVING STANDINGS Standings standing_rules",
            "themes": "NamedTheme Theme ThemeRules theme_rules",
            "translating": "Translation translations",
        },
    )

__all__ = [
    "ENTITY_MODULES",
    "LANGUAGES",
    "LEAVING",
    "OTHER_PRIORITY",
    "PLACE_FIELDS",
    "SCORES",
    "SEGMENT_FIELD",
    "SEGMENT_LIST",
    "STANDINGS",
    "STEPS",
    "ActionRule",
    "ActionRules",
    "Basis",
    "Catalogue",
    "CompetitorRules",
    "ComplaintRules",
    "Cuts",
    "Drift",
    "Entity",
    "Field",
    "Indicator",
    "Language",
    "LifecycleRules",
    "Link",
    "Manner",
    "Message",
    "Module",
    "NamedTheme",
    "Parent",
    "Reaction",
    "Reactions",
    "RfmRules",
    "Routes",
    "Rule",
    "Rules",
    "Screen",
    "Segment",
    "Serious",
    "Source",
    "Standings",
    "SurveyRules",
    "Target",
    "Theme",
    "ThemeRules",
    "Translated",
    "Translation",
    "action_rules",
    "all_needs",
    "catalogue",
    "competitor_rules",
    "complaint_rules",
    "dashlets",
    "history_of",
    "indicators",
    "is_reason",
    "kept_form",
    "lifecycle_rules",
    "load",
    "manners",
    "needs",
    "own_catalogue",
    "potential_weights",
    "reaction_rules",
    "review_bounds",
    "rfm_rules",
    "routes",
    "screens",
    "shipped",
    "sources",
    "standing_rules",
    "storable",
    "theme_rules",
    "translations",
    "use_own",
]
