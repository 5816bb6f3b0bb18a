"""French is set as it is printed: no line begins with what belongs to the one before."""

import re

import pytest

from suitecrm_bridge.catalogue import catalogue, manners

N = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("À faire : lire ; relire !", f"À faire{N}: lire{N}; relire{N}!"),
        ("Continuer ?", f"Continuer{N}?"),
        ("la case « Réclamation »", f"la case «{N}Réclamation{N}»"),
        ("{percent} % en {hours} h", f"{{percent}}{N}% en {{hours}}{N}h"),
        ("5 jours et 12 Mo", f"5 jours et 12{N}Mo"),
        ("https://crm.exemple.fr:8080?a", "https://crm.exemple.fr:8080?a"),
    ],
)
def test_spaces_at_which_no_line_may_break_are_set(typed, printed):
    assert manners()["fr"].printed(typed) == printed


def test_no_french_text_has_a_line_that_may_break_before_its_punctuation():
    known = catalogue()
    texts = [m.other["fr"] for m in known.messages.values()]
    texts += [field.label["fr"] for field in known.fields.values()]
    texts += [label["fr"] for values in known.dropdowns.values() for label in values.values()]
    assert len(texts) > 1000
    assert [text for text in texts if re.search(" [:;?!%»]|« ", text)] == []
