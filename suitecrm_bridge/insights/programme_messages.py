"""What a person is to do so that everybody on a programme's list gets its message."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from suitecrm_bridge.catalogue import Language, Rules
from suitecrm_bridge.i18n import number, text
from suitecrm_bridge.mirror.programmes.messages import Told

AGAIN, PRESS, GOES, DONE, HELD, CLOSED = "again", "press", "goes", "done", "held", "closed"
"""How a message stands: it is scheduled again, a person is to press send, SuiteCRM sends it to
whoever comes, everybody has had it, a person holds it back, its campaign is over."""
_LIVE = (AGAIN, PRESS, GOES, DONE)


def to_do(told: Iterable[Told], rules: Rules, lang: Language) -> Sequence[str]:
    """Return, in words, where to press send, and which messages to make anew for whom."""
    said = []
    for one in told:
        if one.programme not in rules.programmes:
            continue
        if one.stands == PRESS:
            said.append(_said("message_press", one, one.lacking, rules, lang))
        if one.again and one.stands in _LIVE:
            said.append(_said("message_copy", one, one.again, rules, lang))
            if one.had:
                said.append(_said("message_wait", one, one.had, rules, lang))
    return said


def still_scheduled(told: Iterable[Told], keys: Collection[str], lang: Language) -> Sequence[str]:
    """Return, in words, the messages of these programmes that SuiteCRM still has to send."""
    return [
        text("programmes.message_left", lang, **_named(one), key=one.programme)
        for one in told
        if one.programme in keys and one.stands == GOES
    ]


def maybe_queued(told: Iterable[Told], keys: Collection[str], lang: Language) -> Sequence[str]:
    """Return, in words, where SuiteCRM may hold mail of these programmes in its queue.

    The package takes it out; without the package nothing does, for the API does not know the queue.
    """
    return [
        text("programmes.message_queued", lang, **_named(one))
        for one in told
        if one.programme in keys and one.stands in _LIVE
    ]


def _named(one: Told) -> dict[str, str]:
    return {"message": one.name, "campaign": one.campaign}


def _said(key: str, one: Told, count: int, rules: Rules, lang: Language) -> str:
    programme = rules.programmes[one.programme]
    waves = {wave.key: wave.label[lang] for wave in programme.waves}
    return text(
        f"programmes.{key}",
        lang,
        programme=programme.label[lang],
        wave=waves.get(one.wave, one.wave),
        **_named(one),
        count=count,
        number=number(count, lang),
    )
