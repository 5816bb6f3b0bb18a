"""The tables of programmes, as the mirror makes them."""

from suitecrm_bridge.mirror.programmes.messages import MESSAGES

TABLES = """
CREATE TABLE programmes (
    key VARCHAR PRIMARY KEY,
    running BOOLEAN NOT NULL,
    since DATE NOT NULL,
    stopped DATE,
    looked BOOLEAN NOT NULL DEFAULT false
);
CREATE TABLE programme_insides (
    programme VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    PRIMARY KEY (programme, person)
);
CREATE TABLE programme_enrolments (
    programme VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    since DATE NOT NULL,
    arm VARCHAR NOT NULL,
    occasion VARCHAR NOT NULL,
    product VARCHAR NOT NULL,
    wave VARCHAR NOT NULL,
    wave_since DATE NOT NULL,
    attempts INTEGER NOT NULL,
    paused BOOLEAN NOT NULL,
    ended DATE,
    why VARCHAR,
    PRIMARY KEY (programme, person, since)
);
CREATE TABLE programme_waiting (
    programme VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    occasion VARCHAR NOT NULL,
    since DATE NOT NULL,
    due DATE NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (programme, person)
);
CREATE TABLE programme_contacts (
    programme VARCHAR NOT NULL,
    wave VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    day DATE NOT NULL,
    PRIMARY KEY (programme, wave, person, day)
);
CREATE TABLE programme_verdicts (
    programme VARCHAR PRIMARY KEY,
    planned INTEGER NOT NULL,
    verdict VARCHAR,
    since DATE,
    looked DATE
);
CREATE TABLE programme_lists (
    id VARCHAR PRIMARY KEY,
    programme VARCHAR NOT NULL,
    wave VARCHAR NOT NULL,
    arm VARCHAR NOT NULL,
    module VARCHAR NOT NULL
);
CREATE TABLE programme_members (
    list_id VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    PRIMARY KEY (list_id, person)
);
CREATE TABLE segment_places (
    programme VARCHAR NOT NULL,
    segment VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    PRIMARY KEY (programme, person)
);
CREATE TABLE programme_words (
    programme VARCHAR NOT NULL,
    wave VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    PRIMARY KEY (programme, wave)
);
"""

DELIVERIES = """
CREATE TABLE programme_deliveries (
    key VARCHAR PRIMARY KEY,
    programme VARCHAR NOT NULL,
    wave VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    since DATE NOT NULL,
    channel VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    due DATE NOT NULL,
    target VARCHAR,
    sent_at TIMESTAMP,
    made DATE,
    doubted BOOLEAN NOT NULL
);
CREATE TABLE programme_users (
    id VARCHAR PRIMARY KEY,
    active BOOLEAN NOT NULL
);
"""
"""What is delivered to each person by the bridge itself, and which users are there."""

CODES = """
CREATE TABLE programme_codes (
    code VARCHAR PRIMARY KEY,
    programme VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    since DATE NOT NULL,
    UNIQUE (programme, person)
);
"""

LIST_READINGS = """
CREATE TABLE programme_list_readings (list_id VARCHAR PRIMARY KEY, read_at TIMESTAMP NOT NULL);
"""
"""When the members of each list were read last; without a row they are in doubt."""

RESETS = """
CREATE TABLE programme_resets (
    programme VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    since DATE NOT NULL,
    PRIMARY KEY (programme, person, since)
);
"""
"""Entries that do not keep somebody from entering again, because a person said so."""

SCREENS = """
CREATE TABLE programme_bounds (
    programme VARCHAR PRIMARY KEY,
    most DECIMAL(18, 2)
);
CREATE TABLE programme_switches (
    programme VARCHAR PRIMARY KEY,
    running BOOLEAN NOT NULL,
    switched_at TIMESTAMP NOT NULL,
    switched_by VARCHAR NOT NULL
);
"""

ASKED = "CREATE TABLE asked_columns (module VARCHAR, name VARCHAR, PRIMARY KEY (module, name))"
"""Columns that are mirrored because a programme names them."""

UPGRADES = {
    "0015_programmes": TABLES,
    "0016_list_readings": LIST_READINGS,
    "0017_resets": RESETS,
    "0018_programme_screens": SCREENS,
    "0019_messages": MESSAGES,
    "0020_asked_columns": ASKED,
    "0021_deliveries": DELIVERIES,
    "0022_codes": CODES,
}
"""In the order in which a mirror gets them."""
