"""Made-up letters of complaint in two languages, each about one thing."""

import random
from dataclasses import replace

import pandas as pd

from suitecrm_bridge.analytics.complaints import themes
from suitecrm_bridge.analytics.engine import Engine
from suitecrm_bridge.catalogue import theme_rules

ABOUT = {
    "delivery": (
        ["livraison", "retard", "colis", "transporteur", "arrivé", "attente"],
        ["delivery", "late", "parcel", "courier", "arrived", "waiting"],
    ),
    "billing": (
        ["facture", "erreur", "paiement", "TVA", "relance", "comptable"],
        ["invoice", "error", "payment", "VAT", "reminder", "accountant"],
    ),
    "defect": (
        ["défaut", "panne", "réparation", "garantie", "moteur", "cassé"],
        ["defect", "faulty", "repair", "warranty", "motor", "broken"],
    ),
    "manners": (
        ["téléphone", "impoli", "réponse", "conseiller", "accueil", "agressif"],
        ["phone", "rude", "answer", "adviser", "reception", "aggressive"],
    ),
}
FILLERS = tuple(
    [f"{start}{middle}{end}" for start in starts for middle in "aeiou" for end in ends]
    for starts, ends in (
        (["bouch", "chev", "fleur", "grav", "mont", "plum"], ["lier", "ette", "teau", "sson"]),
        (["thorn", "wick", "shaw", "kirk", "brook", "hatch"], ["ley", "ward", "ford", "wick"]),
    )
)
"""Words that say nothing, of each language."""


def letters(count, seed=1, about=tuple(ABOUT), stray=0.1):
    """Rows of (case_id, subject, body, what it is about); `stray` of them are about nothing."""
    rng = random.Random(seed)
    for number in range(count):
        lang = rng.randrange(2)
        topic = None if rng.random() < stray else rng.choice(about)
        words = rng.sample(FILLERS[lang], 5)
        if topic:
            words += rng.sample(ABOUT[topic][lang], 4)
        rng.shuffle(words)
        yield f"{seed}-{number}", " ".join(words[:2]), " ".join(words[2:]), topic


def engine_with(rows, names=()):
    """An engine with these letters as texts of complaints."""
    frame = pd.DataFrame(
        [row[:3] for row in rows], columns=["case_id", "subject", "body"], dtype="string"
    )
    engine = Engine()
    engine.table("case_texts", frame)
    engine.table("complaint_timeline", frame[["case_id"]])
    engine.table("name_words", pd.DataFrame({"word": list(names)}, dtype="string"))
    return engine


RULES = replace(theme_rules(), most=6)


def found(rows, known=(), rules=RULES, names=()):
    """What is found in letters: the themes, and the theme of each case that has one."""
    engine = engine_with(rows, names)
    outcome = themes.compute(engine, known, rules)
    table = engine.fetch("case_themes")
    return outcome, dict(zip(table["case_id"], table["theme"], strict=True))
