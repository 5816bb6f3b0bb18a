"""The settings that lead to SuiteCRM: where it is, and who asks."""

from __future__ import annotations

from dataclasses import dataclass

from suitecrm_bridge.settings.parsing import Secret, address, stripped, tls, yes_no
from suitecrm_bridge.settings.row import setting


@dataclass(frozen=True)
class Access:
    """How SuiteCRM is reached; a part of the table of settings."""

    url: str = setting("SUITECRM_URL", address, "", example="https://crm.example.com")
    client_id: str = setting("SUITECRM_CLIENT_ID", stripped, "")
    client_secret: Secret = setting("SUITECRM_CLIENT_SECRET", Secret, "")
    username: str = setting("SUITECRM_USERNAME", stripped, "")
    password: Secret = setting("SUITECRM_PASSWORD", Secret, "")
    verify_tls: bool | str = setting("SUITECRM_VERIFY_TLS", tls, "yes")
    allow_http: bool = setting("BRIDGE_ALLOW_HTTP", yes_no, "no")
