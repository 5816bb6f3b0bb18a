"""A target list for each segment, where an installation wants them."""

from __future__ import annotations

from suitecrm_bridge.catalogue import ENTITY_MODULES, Entity, Segment
from suitecrm_bridge.i18n import text
from suitecrm_bridge.jobs.context import Context
from suitecrm_bridge.push import Wanted, make_list
from suitecrm_bridge.push.lists import TREATED

ARM = "treated"
"""Of everybody on such a list, as the mirror knows lists."""


def place(context: Context) -> None:
    """Let each segment's list hold who is in it, where segments are to have lists."""
    from suitecrm_bridge.insights.programmes import reachable

    lists = context.mirror.programmes.lists
    for of, module in ENTITY_MODULES.items():
        name = f"segments/{of}"
        if of not in context.rules.addressing.segment_lists or not context.mirror.scores.exist(of):
            lists.withdraw(name)
            continue
        known = lists.known()
        for segment in context.rules.catalogue.segments.values():
            place = (name, segment.key, ARM)
            if place not in known:
                context.stop.check()
                id, members = make_list(context.crm, _of_segment(context, segment, of))
                lists.note(id, place, module, members, context.clock())
        lists.place(name, reachable(context.mirror, of, context.today()), of)


def _of_segment(context: Context, segment: Segment, of: Entity) -> Wanted:
    lang, module = context.written_lang, ENTITY_MODULES[of]
    named = {"segment": segment.label[lang], "customers": text(f"report.{of}", lang)}
    return Wanted(
        mark=f"segments/{of}/{segment.key}",
        module=module,
        name=text("programmes.list_segment", lang, **named),
        description=text("programmes.about_segment", lang, **named),
        type=TREATED,
    )
