"""What glewlwyd is told: the configuration file, the login page's configuration, and the OpenID plugin's parameters."""

CONFIGURATION = """port={port}
bind_address="127.0.0.1"
external_url="{base}"
login_url="login.html"
api_prefix="api"
static_files_path="{data}/webapp/"
static_files_mime_types=(
  {{ extension=".html"; mime_type="text/html"; }}, {{ extension=".css"; mime_type="text/css"; }},
  {{ extension=".js"; mime_type="application/javascript"; }}, {{ extension=".json"; mime_type="application/json"; }})
log_mode="file"
log_level="WARNING"
log_file="{data}/glewlwyd.log"
cookie_secure=0
cookie_same_site="lax"
session_key="glewlwydsession"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
admin_session_authentication="cookie"
hash_algorithm="SHA512"
database={{ type="sqlite3"; path="{data}/db.sqlite3"; }};
"""

PAGES = {
    "GlewlwydUrl": "./", "ProfileUrl": "profile.html", "AdminUrl": "index.html", "LoginUrl": "login.html",
    "CallbackPage": "callback.html", "PasswordMinLength": 8, "lang": ["en"],
    "pattern": {"user": [], "client": [], "scope": []}, "defaultScheme": "", "sessionSchemes": [],
    "profilePicture": False, "register": [], "register-complete": [], "providerMainstreamList": [],
}

RESOURCES = ("https://api.example/", "https://other.example/")
SCOPES = ("openid", "profile", "email", "offline_access")

PLUGIN = {
    "access-token-duration": 3600, "refresh-token-duration": 1209600, "code-duration": 600,
    "refresh-token-rolling": True, "refresh-token-one-use": "always", "auth-type-code-enabled": True,
    "auth-type-code-revoke-replayed": True, "auth-type-refresh-enabled": True, "oauth-as-iss-id": True,
    "jwks-show": True, "pkce-allowed": True, "pkce-required": True, "allow-non-oidc": False,
    "session-management-allowed": True, "session-cookie-name": "glewlwydoidc", "session-cookie-expiration": 2419200,
    "subject-type": "public", "name-claim": "on-demand", "name-claim-scope": ["profile"],
    "email-claim": "on-demand", "email-claim-scope": ["email"], "scope-claim": "no", "address-claim": {"type": "no"},
    "allowed-scope": list(SCOPES), "claims": [], "additional-parameters": [],
    "client-pubkey-parameter": "pubkey", "client-jwks-parameter": "jwks", "client-jwks_uri-parameter": "jwks_uri",
    "client-sign_kid-parameter": "sign_kid", "request-parameter-allow": True, "request-maximum-exp": 3600,
    "oauth-par-allowed": True, "oauth-par-request_uri-prefix": "urn:ietf:params:oauth:request_uri:",
    "oauth-par-duration": 90, "oauth-fapi-allow-jarm": True, "resource-allowed": True,
    "resource-scope": {"openid": list(RESOURCES)}, "resource-client-property": "resource",
}
