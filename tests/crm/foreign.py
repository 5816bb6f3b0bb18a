"""What web servers, proxies and firewalls answer in the place of SuiteCRM."""

from suitecrm_bridge.crm import Answer

PAGE = b"<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1></body></html>"


def page(status: int, body: bytes = PAGE, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"server": "Apache/2.4.57 (Debian)", **named}, body)


FOREIGN = {
    "a firewall's page": (page(403), "or a firewall in front of it, refuses"),
    "a page without a name": (Answer(403, {}, PAGE), "or a firewall in front of it, refuses"),
    "an empty 403": (page(403, b""), "or a firewall in front of it, refuses"),
    "a firewall's JSON": (page(403, b'{"message": "Forbidden"}'), "refuses the request"),
    "a gateway's JSON": (page(403, b'{"error": "blocked by policy"}'), "refuses the request"),
    "mod_security's 406": (page(406), "mod_security"),
    "a host's 418": (page(418), "refuses the request"),
    "a law": (page(451), "refuses the request"),
    "a basic login": (page(401, PAGE, www_authenticate='Basic realm="x"'), "login (Basic)"),
    "a digest login": (page(401, PAGE, www_authenticate='Digest realm="x"'), "login (Digest)"),
    "a Windows login": (page(401, b"", www_authenticate="Negotiate"), "login (Negotiate)"),
    "a 401 page": (page(401), "refuses the request"),
    "a proxy's login": (page(407), "HTTPS_PROXY"),
    "a method that is not let through": (page(405), "does not let GET through"),
    "a method that is not built in": (page(501), "does not let GET through"),
    "a body that is too large": (page(413), "LimitRequestBody"),
    "an address that is too long": (page(414), "LimitRequestLine"),
    "headers that are too large": (page(431), "large_client_header_buffers"),
    "Apache's 400 for http on a TLS port": (
        page(400, b"<p>You're speaking plain HTTP to an SSL-enabled server port.</p>"),
        "Write https://",
    ),
    "nginx's 400 for http on a TLS port": (
        page(400, b"<title>400 The plain HTTP request was sent to HTTPS port</title>"),
        "Write https://",
    ),
    "a 400 page": (page(400), "refuses the request"),
}
