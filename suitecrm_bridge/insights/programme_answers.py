"""What became of the mails of programmes, by the campaign log, as a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from suitecrm_bridge.catalogue import Language, Rules
from suitecrm_bridge.mirror import Mirror
from suitecrm_bridge.mirror.programmes.answers import answers
from suitecrm_bridge.tables import Kind, Table, columns
from suitecrm_bridge.tables.table import words

MAILS: Mapping[str, Kind] = {
    "programme": "text",
    "wave": "text",
    "sent": "count",
    "opened": "count",
    "clicked": "count",
    "bounced": "count",
    "left": "count",
    "blocked": "count",
}


def answered(mirror: Mirror, rules: Rules, keys: Collection[str], lang: Language) -> Table:
    """Return a row for each wave whose list a campaign has sent to.

    Columns: programme and wave (keys), sent, opened, clicked, bounced, left (who opted out by a
    link in the mail), blocked (never sent): mails, each counted once.
    """
    found = answers(mirror.connection).rename(columns={"opted_out": "left"})
    if keys:
        found = found[found["programme"].isin(list(keys))].reset_index(drop=True)
    known = rules.programmes
    labels = {(key, wave.key): wave.label[lang] for key, one in known.items() for wave in one.waves}
    pairs = list(zip(found["programme"], found["wave"], strict=True))
    told = found.assign(
        programme=[known[key].label[lang] if key in known else key for key, _ in pairs],
        wave=[labels.get(pair, pair[1]) for pair in pairs],
    )
    table = Table("mails", found, columns("effects.mails_", MAILS), words("effects.title_mails"))
    return replace(table, for_people=told)
