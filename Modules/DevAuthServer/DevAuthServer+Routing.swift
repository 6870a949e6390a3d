import OAuthTypes
import WireFormats

extension DevAuthServer {
    func route(_ visit: Visit) async -> DevResponse {
        switch (visit.path, visit.method) {
        case ("/authorize", .get), ("/authorize", .post): return await authorize(visit)
        case ("/login", .get): return showLogin(visit)
        case ("/login", .post): return await login(visit)
        case ("/code", .post): return await emailCode(visit)
        case ("/provider", .get): return showTestProvider(visit)
        case ("/provider", .post): return await chooseAccount(visit)
        case ("/consent", .get): return showConsent(visit)
        case ("/consent", .post): return consent(visit)
        case ("/token", .post): return await token(visit)
        case ("/revoke", .post): return revoke(visit)
        case ("/userinfo", .get), ("/userinfo", .post): return userInfo(visit)
        case ("/oauth2/logout", .get), ("/oauth2/logout", .post): return logout(visit)
        case ("/logout", .post): return confirmLogout(visit)
        case ("/.well-known/openid-configuration", .get): return .json(metadata)
        case ("/jwks", .get): return .json(publicKeys)
        case ("/", .get): return welcomePage()
        default: return unrouted(visit)
        }
    }

    private func unrouted(_ visit: Visit) -> DevResponse {
        if let picture = picture(at: visit.path) { return visit.method == .get ? picture : .methodNotAllowed("GET") }
        return switch visit.path {
        case "/authorize", "/login", "/provider", "/consent", "/userinfo", "/oauth2/logout":
            .methodNotAllowed("GET, POST")
        case "/code", "/token", "/revoke", "/logout": .methodNotAllowed("POST")
        case "/", "/jwks", "/.well-known/openid-configuration": .methodNotAllowed("GET")
        default: messagePage(status: 404, title: "Nothing here", words: "This server has no such page.", turn: .user)
        }
    }

    private func welcomePage() -> DevResponse {
        messagePage(
            status: 200, title: "Development login server",
            words: "It logs users in to apps under development on this machine. Start at the app.", turn: nil)
    }

    /// OpenID Connect Discovery §3, RFC 8414 §2, RFC 9207 §3.
    var metadata: JSONObject {
        let base = issuer.origin.description + basePath
        var document: JSONObject = ["issuer": .string(issuer.text)]
        let endpoints = [
            ("authorization_endpoint", "/authorize"), ("token_endpoint", "/token"), ("userinfo_endpoint", "/userinfo"),
            ("jwks_uri", "/jwks"), ("end_session_endpoint", "/oauth2/logout"), ("revocation_endpoint", "/revoke"),
        ]
        for (name, path) in endpoints { document[name] = .string(base + path) }
        return document.adding(capabilities)
    }

    private var capabilities: JSONObject {
        [
            "scopes_supported": .array(scopes.map { .string($0.name) }),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "consent", "select_account"],
            "claims_supported": [
                "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid", "amr", "idp", "name",
                "preferred_username", "email", "email_verified", "picture",
            ],
            "claims_parameter_supported": false,
            "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "authorization_response_iss_parameter_supported": true,
        ]
    }
}
