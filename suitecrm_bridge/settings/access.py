"""The settings that lead to SuiteCRM: where it is, and who asks."""

from __future__ import annotations

from dataclasses import dataclass

from suitecrm_bridge.settings.row import setting
from suitecrm_bridge.settings.values import Secret, address, stripped, tls, yes_no


@dataclass(frozen=True)
class Access:
    """How SuiteCRM is reached; a part of the table of settings."""

    url: str = setting(
        "SUITECRM_URL",
        address,
        "",
        "Address of SuiteCRM, as you type it in the browser.",
        "Adresse de SuiteCRM, telle que saisie dans le navigateur.",
        example="https://crm.example.com",
    )
    client_id: str = setting(
        "SUITECRM_CLIENT_ID",
        stripped,
        "",
        "Id of the OAuth2 client (Admin › OAuth2 Clients and Tokens).",
        "Identifiant du client OAuth2 (Admin › Clients et jetons OAuth2).",
    )
    client_secret: Secret = setting(
        "SUITECRM_CLIENT_SECRET",
        Secret,
        "",
        "Secret of the OAuth2 client.",
        "Secret du client OAuth2.",
    )
    username: str = setting(
        "SUITECRM_USERNAME",
        stripped,
        "",
        "SuiteCRM user, only for a client of the type “password”.",
        "Utilisateur SuiteCRM, seulement pour un client de type « mot de passe ».",
    )
    password: Secret = setting(
        "SUITECRM_PASSWORD",
        Secret,
        "",
        "Password of that user.",
        "Mot de passe de cet utilisateur.",
    )
    verify_tls: bool | str = setting(
        "SUITECRM_VERIFY_TLS",
        tls,
        "yes",
        "Check the server's certificate: yes, no, or the path of your own CA bundle.",
        "Vérifier le certificat du serveur : yes, no, ou le chemin de votre propre autorité.",
    )
    allow_http: bool = setting(
        "BRIDGE_ALLOW_HTTP",
        yes_no,
        "no",
        "Send secrets and data unencrypted to an http:// address: yes or no.",
        "Envoyer secrets et données en clair à une adresse http:// : yes ou no.",
    )
