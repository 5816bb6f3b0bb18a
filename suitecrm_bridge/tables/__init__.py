"""Tables as people see them: what each column holds, and how it reads in their language.

Whoever makes a table says of each column what kind of value it holds; terminal, page, workbook and
CSV only draw it. Programs get the frame as it is.
"""

from suitecrm_bridge.tables.sentences import Sentence, Topic
from suitecrm_bridge.tables.shown import (
    NONE,
    OUTSIDE,
    UNITS,
    keys,
    label,
    of_dimension,
    shown,
    worded,
)
from suitecrm_bridge.tables.table import (
    NUMERIC,
    Column,
    Kind,
    Table,
    columns,
    in_units,
    of_fields,
    records,
    words,
)

__all__ = [
    "NONE",
    "NUMERIC",
    "OUTSIDE",
    "UNITS",
    "Column",
    "Kind",
    "Sentence",
    "Table",
    "Topic",
    "columns",
    "in_units",
    "keys",
    "label",
    "of_dimension",
    "of_fields",
    "records",
    "shown",
    "worded",
    "words",
]
