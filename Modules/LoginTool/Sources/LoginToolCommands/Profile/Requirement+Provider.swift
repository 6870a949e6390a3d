import OAuthTypes

/// Requirements that a provider states in its metadata.
extension Requirement {
    /// Algorithms that FAPI 2.0 and IPSIE allow.
    static let strongAlgorithms = ["PS256", "ES256", "EdDSA", "Ed25519"]

    static func metadata(by source: String) -> Requirement {
        let members = [
            "response_types_supported", "subject_types_supported", "id_token_signing_alg_values_supported",
        ]
        return Requirement(
            "metadata", "complete metadata of exactly this issuer", by: source,
            provider: { facts in
                let missing = members.filter { facts.list($0) == nil }
                return missing.isEmpty ? .yes("complete") : .no("lacks \(missing.joined(separator: ", "))")
            },
            library: { _ in .yes("compares the issuer octet for octet") })
    }

    static func https(by source: String) -> Requirement {
        Requirement(
            "https", "TLS at every endpoint", by: source,
            provider: { facts in
                let open = facts.unprotectedEndpoints()
                guard let first = open.first else { return .yes("all https") }
                return .no("http: \(first)\(open.count > 1 ? " and \(open.count - 1) more" : "")")
            },
            library: { _ in .yes("checks certificates, always") })
    }

    static func codeFlow(by source: String) -> Requirement {
        Requirement(
            "code-flow", "the authorization code flow", by: source,
            provider: { $0.lists("response_types_supported", oneOf: ["code"]) },
            library: { _ in .yes("uses no other") })
    }

    static func pkce(by source: String) -> Requirement {
        Requirement(
            "pkce", "PKCE with S256", by: source,
            provider: { $0.lists("code_challenge_methods_supported", oneOf: ["S256"]) },
            library: { facts in
                facts.settings.leavesOutProofs
                    ? .no("left out: LOGIN_DEVIATIONS") : .yes("S256 in each login, bound to the browser")
            })
    }

    static func responseIssuer(by source: String) -> Requirement {
        Requirement(
            "iss", "iss in the authorization response", by: source,
            provider: { facts in
                facts.metadata.authorizationResponseIssParameterSupported
                    ? .yes("promised") : .no("not promised")
            },
            library: { _ in .yes("checked, and required if promised") })
    }

    static func clientSecret(by source: String) -> Requirement {
        let methods = ["client_secret_basic", "client_secret_post"]
        return Requirement(
            "client-secret", "client authentication with a secret", by: source,
            provider: { facts in
                facts.lists(
                    "token_endpoint_auth_methods_supported", oneOf: methods,
                    without: .yes("lists none: client_secret_basic"))
            },
            library: { _ in .yes("both methods") })
    }

    static func listedAlgorithm(_ algorithms: [String], words: String? = nil, by source: String) -> Requirement {
        Requirement(
            "listed-alg", "ID tokens signed with \(words ?? algorithms.joined(separator: ", "))", by: source,
            provider: { $0.lists("id_token_signing_alg_values_supported", oneOf: algorithms) },
            library: { facts in
                let others = facts.acceptedAlgorithms.filter { !algorithms.contains($0) }
                guard others.isEmpty else {
                    return .no("accepts \(others.shown); see LOGIN_ID_TOKEN_ALG")
                }
                return .yes("accepts \(facts.acceptedAlgorithms.shown)")
            })
    }

    static func noUnsigned(by source: String) -> Requirement {
        Requirement(
            "alg-none", "no unsigned tokens", by: source,
            provider: { facts in
                facts.list("id_token_signing_alg_values_supported")?.contains("none") == true
                    ? .no("lists none") : .yes("does not list none")
            },
            library: { _ in .yes("knows no such algorithm") })
    }

    static func noPasswordGrant(by source: String) -> Requirement {
        Requirement(
            "password-grant", "no grant by the user's password", by: source,
            provider: { facts in
                facts.list("grant_types_supported")?.contains("password") == true
                    ? .no("lists password") : .yes("does not list password")
            },
            library: { _ in .yes("never sees a password") })
    }

    static func confidentialClients(by source: String) -> Requirement {
        Requirement(
            "confidential", "confidential clients only", by: source,
            provider: { facts in
                facts.list("token_endpoint_auth_methods_supported")?.contains("none") == true
                    ? .no("lists none, for public clients") : .yes("lists no public clients")
            },
            library: { _ in .yes("a client with a secret") })
    }

    static func scope(_ values: [String], by source: String) -> Requirement {
        Requirement(
            "scope", "the scope \(values.joined(separator: " "))", by: source,
            provider: { facts in
                guard let listed = facts.list("scopes_supported") else { return .nothing }
                let missing = values.filter { !listed.contains($0) }
                return missing.isEmpty ? .yes("listed") : .no("does not list \(missing.shown)")
            },
            library: { _ in .yes("requests what is listed") })
    }

    static func userInfo(by source: String) -> Requirement {
        Requirement(
            "userinfo", "claims from the UserInfo endpoint", by: source,
            provider: { facts in
                facts.metadata.userinfoEndpoint == nil ? .no("userinfo_endpoint is missing") : .yes("has one")
            },
            library: { _ in .yes("compares sub with the ID token") })
    }

    static func logout(by source: String) -> Requirement {
        Requirement(
            "logout", "logout at the provider", by: source,
            provider: { facts in
                facts.metadata.endSessionEndpoint == nil
                    ? .no("end_session_endpoint is missing") : .yes("has an endpoint")
            },
            library: { _ in .yes("ends the session here first") })
    }

    static func shortCodes(by source: String) -> Requirement {
        Requirement(
            "code-lifetime", "codes that live for 60 seconds at most", by: source,
            provider: { _ in .unseen("ask the provider") })
    }

    static func claims(_ names: [String], by source: String) -> Requirement {
        Requirement(
            "claims", "the claims \(names.joined(separator: ", ")) in ID tokens", by: source,
            provider: { facts in
                guard let listed = facts.list("claims_supported") else { return .unseen("claims_supported is missing") }
                let missing = names.filter { !listed.contains($0) }
                return missing.isEmpty ? .yes("listed") : .no("does not list \(missing.shown)")
            },
            library: { _ in .yes("a session ends at session_expiry") })
    }
}
