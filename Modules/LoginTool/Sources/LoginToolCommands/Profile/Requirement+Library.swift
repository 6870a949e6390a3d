import OAuthTypes

/// Requirements that ask something of this library: what it does, and what it does not do yet.
extension Requirement {
    static func idTokenValidation(by source: String) -> Requirement {
        Requirement(
            "id-token", "validation of ID tokens", by: source,
            library: { facts in
                facts.settings.leavesOutProofs
                    ? .no("no nonce: LOGIN_DEVIATIONS")
                    : .yes("signature, iss, aud, azp, times, nonce, at_hash")
            })
    }

    static func keyRotation(by source: String) -> Requirement {
        Requirement(
            "key-rotation", "new keys of the provider", by: source,
            provider: { _ in .yes("has a jwks_uri") }, library: { _ in .yes("fetches them when a login needs them") })
    }

    static func refreshValidation(by source: String) -> Requirement {
        Requirement(
            "refresh", "refresh tokens and their rotation", by: source,
            library: { _ in .yes("one refresh at a time; same user, same login") })
    }

    static func redirectURI(by source: String) -> Requirement {
        Requirement(
            "redirect-uri", "an https redirect URI", by: source,
            library: { facts in
                guard let base = facts.settings.baseURL else { return .unseen("give --base-url") }
                return base.origin.scheme == "https" ? .yes("https") : .no("http: LOGIN_BASE_URL")
            })
    }

    static func returnPaths(by source: String) -> Requirement {
        Requirement(
            "open-redirect", "no open redirector", by: source,
            library: { _ in .yes("returns to paths of the app only") })
    }

    static func headerTokens(by source: String) -> Requirement {
        Requirement(
            "header-token", "access tokens in the header only", by: source,
            library: { _ in .yes("Authorization: Bearer") })
    }

    static func shortNonce(by source: String) -> Requirement {
        Requirement(
            "nonce-length", "a nonce of 64 characters at most", by: source, library: { _ in .yes("43 characters") }
        ).asRecommendation
    }

    static func protectedStart(by source: String) -> Requirement {
        Requirement(
            "login-csrf", "no login that another site begins", by: source,
            library: { _ in .notYet("a link anywhere can begin a login") })
    }

    static func pushedRequests(by source: String) -> Requirement {
        Requirement(
            "par", "pushed authorization requests (RFC 9126)", by: source,
            provider: { facts in
                facts.metadata.pushedAuthorizationRequestEndpoint == nil
                    ? .no("pushed_authorization_request_endpoint is missing") : .yes("has an endpoint")
            },
            library: { _ in .yes("pushes them with LOGIN_PAR=on") })
    }

    static func pushedRequestsOnly(by source: String) -> Requirement {
        Requirement(
            "par-only", "no authorization request without a push", by: source,
            provider: { facts in
                facts.metadata.requiresPushedAuthorizationRequests
                    ? .yes("requires it") : .unseen("may depend on the client")
            },
            library: { _ in .yes("LOGIN_PAR=on, or where the provider demands it") })
    }

    static func keyAuthentication(by source: String) -> Requirement {
        let methods = ["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"]
        return Requirement(
            "client-key", "client authentication with a key", by: source,
            provider: { $0.lists("token_endpoint_auth_methods_supported", oneOf: methods) },
            library: { _ in .yes("LOGIN_CLIENT_AUTH with a key or a certificate") })
    }

    static func assertionAudience(by source: String) -> Requirement {
        Requirement(
            "assertion-aud", "client assertions for the issuer, as a string", by: source,
            library: { _ in .yes("the issuer alone, unless it is set otherwise") })
    }

    static func boundTokens(by source: String) -> Requirement {
        Requirement(
            "bound-tokens", "access tokens bound to a key: DPoP or mutual TLS", by: source,
            provider: { facts in
                if let listed = facts.list("dpop_signing_alg_values_supported"), !listed.isEmpty {
                    return .yes("DPoP with \(listed.shown)")
                }
                return facts.metadata.tlsClientCertificateBoundAccessTokens
                    ? .yes("mutual TLS") : .no("lists neither")
            },
            library: { _ in .notYet("sends bearer tokens") })
    }

    static func proofNonces(by source: String) -> Requirement {
        Requirement(
            "dpop-nonce", "nonces of the server in DPoP proofs", by: source,
            library: { _ in .notYet("makes no DPoP proofs") })
    }

    static func signedRequests(by source: String) -> Requirement {
        Requirement(
            "jar", "signed request objects (RFC 9101)", by: source,
            provider: { $0.lists("request_object_signing_alg_values_supported", oneOf: strongAlgorithms) },
            library: { _ in .yes("signs them with LOGIN_JAR=on") })
    }

    static func requestObjectClaims(by source: String) -> Requirement {
        Requirement(
            "jar-claims", "aud, nbf and exp in request objects", by: source,
            library: { _ in .yes("the issuer, and five minutes") })
    }

    static func signedResponses(by source: String) -> Requirement {
        Requirement(
            "jarm", "signed authorization responses (JARM)", by: source,
            provider: { $0.lists("response_modes_supported", oneOf: ["jwt", "query.jwt"]) },
            library: { _ in .yes("asks for them with LOGIN_RESPONSE_MODE") })
    }

    static func signedResponseAlgorithm(by source: String) -> Requirement {
        Requirement(
            "jarm-alg", "authorization responses signed with \(strongAlgorithms.joined(separator: ", "))", by: source,
            provider: { facts in
                facts.lists(
                    "authorization_signing_alg_values_supported", oneOf: strongAlgorithms,
                    without: .unseen("not listed"))
            })
    }

    static func startByThirdParty(by source: String) -> Requirement {
        Requirement(
            "third-party-login", "logins that a third party initiates", by: source,
            library: { _ in .yes("has an address with LOGIN_THIRD_PARTY=on") })
    }

    static func singleAudience(by source: String) -> Requirement {
        Requirement(
            "single-aud", "one audience, as a string", by: source,
            library: { _ in .notYet("an array of one is accepted too") })
    }
}
