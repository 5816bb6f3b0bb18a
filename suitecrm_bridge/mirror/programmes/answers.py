"""What the campaign log says of the mails that went to the lists of programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from suitecrm_bridge.mirror.programmes.frames import rows

if TYPE_CHECKING:
    import pandas as pd

_ANSWERS = """
WITH mails AS (
    SELECT l.programme, l.wave, g.marketing_id, g.target_id,
        bool_or(g.activity_type = 'targeted') AS sent,
        bool_or(g.activity_type IN ('viewed', 'link')) AS opened,
        bool_or(g.activity_type = 'link') AS clicked,
        bool_or(g.activity_type IN ('invalid email', 'send error')) AS bounced,
        bool_or(g.activity_type = 'removed') AS opted_out,
        bool_or(g.activity_type LIKE 'blocked%') AS blocked
    FROM campaign_log g
    JOIN programme_lists l ON l.id = g.list_id AND l.module = g.target_type AND l.arm = 'treated'
    WHERE l.programme NOT LIKE '%/%'
    GROUP BY ALL
)
SELECT programme, wave, count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE opened) AS opened, count(*) FILTER (WHERE clicked) AS clicked,
    count(*) FILTER (WHERE bounced) AS bounced, count(*) FILTER (WHERE opted_out) AS opted_out,
    count(*) FILTER (WHERE blocked AND NOT sent) AS blocked
FROM mails GROUP BY programme, wave ORDER BY programme, wave
"""


def answers(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return how many mails went out and what became of them, by programme and wave.

    A mail is a message and a person: it counts once in each column, however often it was opened,
    and whatever an import did to the log. One that was clicked was opened, even where images are
    off. SuiteCRM 7 logs a message as blocked when it was sent to that person before; those are none
    that were kept from anybody.

    Columns: programme, wave, sent, opened, clicked, bounced, opted_out, blocked (never sent).
    """
    return rows(connection, _ANSWERS)
