"""The table of settings: each row's name in the environment, its default, and its help."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from suitecrm_bridge.catalogue import LANGUAGES
from suitecrm_bridge.settings.access import Access
from suitecrm_bridge.settings.hours import Holidays, Hours, holidays, hours, time_zone
from suitecrm_bridge.settings.row import setting
from suitecrm_bridge.settings.values import (
    Schedule,
    Secret,
    cents,
    home,
    one_of,
    optional_path,
    ranking,
    schedule,
    stripped,
    whole,
)

LOG_FORMATS, PURCHASES = ("text", "json"), ("auto", "invoices", "opportunities")


@dataclass(frozen=True)
class Table(Access):
    """What an installation of the bridge is told; read it with `Settings.read()`."""

    home: Path = setting(
        "BRIDGE_HOME",
        home,
        "~/.suitecrm-bridge",
        "Folder of the mirror and of the bridge's other files.",
        "Dossier de la copie locale et des autres fichiers de SuiteCRM Bridge.",
    )
    lang: str = setting(
        "BRIDGE_LANG",
        one_of(LANGUAGES),
        "en",
        "Language of messages, reports and of what is written into SuiteCRM: en or fr.",
        "Langue des messages, des rapports et de ce qui est écrit dans SuiteCRM : en ou fr.",
    )
    purchases: str = setting(
        "BRIDGE_PURCHASES",
        one_of(PURCHASES),
        "auto",
        "What counts as a purchase: invoices, opportunities (won), or auto (invoices if any).",
        "Ce qui compte comme achat : invoices, opportunities (gagnées), ou auto.",
    )
    min_buyers: int = setting(
        "BRIDGE_MIN_BUYERS",
        whole(5, 1_000_000),
        "30",
        "Fewest customers with a purchase for a ranking by fifths; below, fixed thresholds serve.",
        "Nombre minimal d'acheteurs pour un classement par cinquièmes ; sinon, seuils fixes.",
    )
    rfm: str = setting(
        "BRIDGE_RFM",
        ranking,
        "fifths",
        "How scores are cut: fifths, thresholds, frozen (at the first snapshot), or frozen:DAY.",
        "Découpage des scores : fifths, thresholds, frozen (premier instantané) ou frozen:JOUR.",
    )
    page_size: int | None = setting(
        "BRIDGE_PAGE_SIZE",
        whole(1, 10_000, optional=True),
        "",
        "Most records asked for in one request; unset, as many as their size in bytes allows.",
        "Nombre maximal d'enregistrements par requête ; sans valeur, selon leur taille en octets.",
    )
    parallel: int = setting(
        "BRIDGE_PARALLEL",
        whole(1, 32),
        "4",
        "Requests under way at once.",
        "Nombre de requêtes simultanées.",
    )
    timeout: int = setting(
        "BRIDGE_TIMEOUT",
        whole(1, 3600),
        "120",
        "Seconds to wait for an answer.",
        "Secondes d'attente d'une réponse.",
    )
    retries: int = setting(
        "BRIDGE_RETRIES",
        whole(0, 20),
        "5",
        "How often a request that failed in passing is tried again.",
        "Nombre de nouvelles tentatives après un échec passager.",
    )
    lag_minutes: int = setting(
        "BRIDGE_LAG_MINUTES",
        whole(1, 10_080),
        "10",
        "Minutes by which a pull overlaps the last one.",
        "Minutes de recouvrement entre deux lectures.",
    )
    reconcile_hours: int = setting(
        "BRIDGE_RECONCILE_HOURS", whole(1, 8_760), "24",
        "Hours between two comparisons of every id, which find what was deleted or missed.",
        "Heures entre deux comparaisons de tous les identifiants (suppressions, oublis).",
    )  # fmt: skip
    max_vanished: int = setting(
        "BRIDGE_MAX_VANISHED", whole(0, 100), "20",
        "Percent of a module that may vanish at once; more stops the run and deletes nothing.",
        "Pourcentage d'un module qui peut disparaître d'un coup ; au-delà, la lecture s'arrête.",
    )  # fmt: skip
    max_lost: int = setting(
        "BRIDGE_MAX_LOST", whole(0, 100), "20",
        "Percent of a module that may be unreadable, of customers that may lose a figure, at once.",
        "Pourcentage d'un module pouvant être illisible, de clients pouvant perdre un chiffre.",
    )  # fmt: skip
    stale_hours: int = setting(
        "BRIDGE_STALE_HOURS", whole(1, 1_000_000), "48",
        "Hours after which figures whose sources were not read again are no longer written.",
        "Heures après lesquelles un chiffre aux sources non relues n'est plus écrit.",
    )  # fmt: skip
    max_rate: int = setting(
        "BRIDGE_MAX_RATE",
        whole(1, 1_000),
        "50",
        "Most requests a second.",
        "Nombre maximal de requêtes par seconde.",
    )
    max_attempts: int = setting(
        "BRIDGE_MAX_ATTEMPTS",
        whole(1, 1_000),
        "10",
        "How often a record that fails is tried in all, in later runs too.",
        "Nombre total d'essais pour un enregistrement en échec, exécutions suivantes comprises.",
    )
    memory_mb: int = setting(
        "BRIDGE_MEMORY_MB",
        whole(64, 1_000_000),
        "256",
        "Megabytes that the mirror may take before it uses the disk.",
        "Mégaoctets que la copie locale peut occuper avant d'utiliser le disque.",
    )
    schedule: Schedule = setting(
        "BRIDGE_SCHEDULE",
        schedule,
        "02:15",
        "When `schedule run` syncs: times (02:15, 13:00) or minutes between two (every 60).",
        "Quand `schedule run` synchronise : heures (02:15, 13:00) ou minutes (every 60).",
    )
    log_format: str = setting(
        "BRIDGE_LOG_FORMAT",
        one_of(LOG_FORMATS),
        "text",
        "Form of the log lines: text or json.",
        "Forme des lignes du journal : text ou json.",
    )
    metrics_file: Path | None = setting(
        "BRIDGE_METRICS_FILE",
        optional_path,
        "",
        "File for the figures of the last run, in the text form of Prometheus.",
        "Fichier des chiffres de la dernière exécution, au format texte de Prometheus.",
    )
    webhook: Secret = setting(
        "BRIDGE_WEBHOOK",
        Secret,
        "",
        "Address told by POST when syncs begin to fail, and when they work again.",
        "Adresse prévenue par POST quand la synchronisation échoue, puis quand elle remarche.",
    )
    mail_to: str = setting(
        "BRIDGE_MAIL_TO",
        stripped,
        "",
        "Who gets a mail on those occasions; addresses joined by commas.",
        "Qui reçoit un e-mail à ces occasions ; adresses séparées par des virgules.",
    )
    mail_from: str = setting(
        "BRIDGE_MAIL_FROM",
        stripped,
        "",
        "Sender of that mail.",
        "Expéditeur de cet e-mail.",
    )
    smtp: Secret = setting(
        "BRIDGE_SMTP",
        Secret,
        "",
        "Mail server: smtp://user:password@mail.example.com:587; smtps:// for TLS at once.",
        "Serveur d'e-mail : smtp://utilisateur:motdepasse@mail.example.com:587, ou smtps://.",
    )
    discount_rate: int = setting(
        "BRIDGE_DISCOUNT_RATE",
        whole(0, 100),
        "10",
        "Percent a year by which money of next year counts less in the lifetime value.",
        "Pourcentage annuel d'actualisation de la valeur vie client.",
    )
    case_cost: int = setting(
        "BRIDGE_CASE_COST",
        cents,
        "25.00",
        "What handling a case costs, in the base currency.",
        "Coût de traitement d'un cas, en devise de base.",
    )
    hour_cost: int = setting(
        "BRIDGE_HOUR_COST",
        cents,
        "40.00",
        "What an hour on the phone or in a meeting costs, in the base currency.",
        "Coût d'une heure d'appel ou de réunion, en devise de base.",
    )
    late_rate: int = setting(
        "BRIDGE_LATE_RATE",
        whole(0, 100),
        "10",
        "Percent a year that money costs while an invoice is overdue.",
        "Coût annuel, en pourcentage, d'une facture impayée après l'échéance.",
    )
    business_hours: Hours = setting(
        "BRIDGE_BUSINESS_HOURS",
        hours,
        "mon-fri 09:00-18:00",
        "When complaints are worked on: mon-thu 09:00-12:00 14:00-18:00, fri 09:00-12:00.",
        "Heures de traitement des réclamations : mon-thu 09:00-12:00 14:00-18:00, fri 09:00-12:00.",
    )
    holidays: Holidays = setting(
        "BRIDGE_HOLIDAYS",
        holidays,
        "",
        "Days on which nobody works: every year's (12-25) and single ones (2026-04-06).",
        "Jours chômés : de chaque année (12-25) et isolés (2026-04-06).",
    )
    time_zone: ZoneInfo = setting(
        "BRIDGE_TIME_ZONE",
        time_zone,
        "UTC",
        "Time zone of those hours and days, such as Europe/Paris.",
        "Fuseau horaire de ces heures et jours, par exemple Europe/Paris.",
    )
    reaction_user: str = setting(
        "BRIDGE_REACTION_USER",
        stripped,
        "",
        "Id of the SuiteCRM user who gets tasks about complaints that are nobody's, or alarms.",
        "Identifiant de l'utilisateur SuiteCRM chargé des alertes et des tâches sans responsable.",
    )
    reactions_most: int = setting(
        "BRIDGE_REACTIONS_MOST",
        whole(0, 10_000),
        "0",
        "Maximum tasks about complaints that a run opens in SuiteCRM. 0: none.",
        "Nombre maximal de tâches sur les réclamations ouvertes par exécution. 0 : aucune.",
    )
