/// A test plan of the OpenID conformance suite for relying parties, and what is known here about each of its modules.
struct Plan: Sendable {
    enum Result: Sendable {
        /// The file of that name in this folder tests it.
        case passes(in: String)
        /// The same fault is tested by the suite of every fault; the plan itself needs what is not there yet.
        case sameFault(plan: String)
        /// What is missing.
        case notYet(String)
        /// Why the module does not concern this library.
        case notApplicable(String)
    }

    let title: String
    let id: String
    let modules: [(id: String, result: Result)]

    static let all =
        [basic, formPost, configuration, initiation, refresh, comprehensive, messageSigning] + financial + later
}

// Those of this library's response type, `code`.
extension Plan {
    private static func client(_ names: [String], in folder: String) -> [(id: String, result: Result)] {
        names.map { name in
            let id = "oidcc-client-test" + (name.isEmpty ? "" : "-\(name)")
            return (id, .passes(in: "\(folder)/\(id).swift"))
        }
    }

    private static let basicModules = client(
        [
            "", "invalid-iss", "missing-sub", "invalid-aud", "missing-iat", "kid-absent-single-jwks",
            "kid-absent-multiple-jwks", "idtoken-sig-rs256", "idtoken-sig-none", "invalid-sig-rs256",
            "userinfo-invalid-sub", "nonce-invalid", "scope-userinfo-claims", "client-secret-basic",
        ], in: "Basic")

    static let basic = Plan(
        title: "Basic", id: "oidcc-client-basic-certification-test-plan", modules: basicModules)
    static let formPost = Plan(
        title: "Form Post", id: "oidcc-client-formpost-basic-certification-test-plan", modules: basicModules)
    static let configuration = Plan(
        title: "Configuration", id: "oidcc-client-config-certification-test-plan",
        modules: client(
            ["discovery-openid-config", "discovery-jwks-uri-keys", "discovery-issuer-mismatch"], in: "Config")
            + client(["idtoken-sig-none"], in: "Basic")
            + client(["signing-key-rotation-just-before-signing", "signing-key-rotation"], in: "Config"))
    static let initiation = Plan(
        title: "Third-party-initiated login", id: "oidcc-client-test-3rd-party-init-login-test-plan",
        modules: client(["3rd-party-init-login"], in: "Initiation"))
    static let refresh = Plan(
        title: "Refresh", id: "oidcc-client-refreshtoken-test-plan",
        modules: client(
            [
                "refresh-token", "refresh-token-invalid-issuer", "refresh-token-invalid-sub",
                "refresh-token-invalid-aud", "refresh-token-invalid-azp",
            ], in: "Refresh"))

    private static let otherTypes = Result.notApplicable(
        "response types with an ID token in the browser, never asked for")

    static let comprehensive = Plan(
        title: "Comprehensive (its modules beyond Basic)", id: "oidcc-client-test-plan",
        modules: client(
            [
                "missing-aud", "userinfo-bearer-header", "form-post-error", "invalid-sig-hs256", "invalid-sig-es256",
                "aggregated-claims", "distributed-claims", "ignores-unparseable-key-in-jwks",
            ], in: "Comprehensive") + [
                ("oidcc-client-test-userinfo-bearer-body", .notApplicable("the token is sent in the header only")),
                ("oidcc-client-test-mtls-endpoint-aliases", .notYet("a test with a certificate on the connection")),
                ("oidcc-client-test-nonce-unless-code-flow", otherTypes),
                ("oidcc-client-test-missing-chash", otherTypes), ("oidcc-client-test-invalid-chash", otherTypes),
                ("oidcc-client-test-missing-athash", otherTypes), ("oidcc-client-test-invalid-athash", otherTypes),
            ])
}

// FAPI 2.0.
extension Plan {
    private static let prefix = "fapi2-security-profile-final-client-test"

    static let messageSigning = Plan(
        title: "FAPI 2.0 message signing (signed responses, without a sender constraint)",
        id: "fapi2-message-signing-final-client-test-plan",
        modules: [
            "without-iss-fails", "with-invalid-iss-fails", "without-aud-fails", "with-invalid-aud-fails",
            "without-exp-fails", "with-expired-exp-fails", "with-invalid-sig-fails", "signature-is-not-none",
        ].map { name in
            let id = "\(prefix)-ensure-jarm-\(name)"
            return (id, .passes(in: "MessageSigning/\(id).swift"))
        })

    private static let need = "access tokens bound to a key"

    static let financial = [
        Plan(
            title: "FAPI 2.0 security profile", id: "fapi2-security-profile-final-client-test-plan",
            modules: [
                "happy-path", "happy-path-no-dpop-nonce", "happy-path-no-mtls-endpoint-aliases",
                "rs-dpop-auth-scheme-case-insensitivity",
            ].map { ("\(prefix)-\($0)", .notYet(need)) }
                + [
                    "discovery-issuer-mismatch", "invalid-iss", "invalid-aud", "invalid-secondary-aud",
                    "invalid-null-alg", "invalid-alternate-alg", "invalid-expired-exp", "invalid-missing-exp",
                    "invalid-missing-aud", "invalid-missing-iss", "valid-aud-as-array", "invalid-nonce",
                    "invalid-missing-nonce", "invalid-authorization-response-iss",
                    "remove-authorization-response-iss", "ensure-authorization-response-with-invalid-state-fails",
                    "ensure-authorization-response-with-invalid-missing-state-fails",
                    "token-endpoint-response-without-expires_in", "token-type-case-insensitivity",
                ].map { ("\(prefix)-\($0)", .sameFault(plan: need)) })
    ]
}

// What the library does not have yet.
extension Plan {
    private static func later(_ names: [String], _ need: String) -> [(id: String, result: Result)] {
        names.map { ("oidcc-client-test-\($0)", .notYet(need)) }
    }

    private static let backChannel = "rp-backchannel-rpinitlogout"

    static let later = [
        Plan(
            title: "Dynamic (its modules beyond Configuration)", id: "oidcc-client-dynamic-certification-test-plan",
            modules: later(
                [
                    "discovery-webfinger-acct", "discovery-webfinger-url", "dynamic-registration",
                    "request-uri-signed-rs256", "request-uri-signed-none",
                ], "dynamic registration") + later(["userinfo-signed"], "signed UserInfo responses in the flow")),
        Plan(
            title: "RP-initiated logout", id: "oidcc-client-rp-initiated-logout-rp-basic",
            modules: later(
                ["rp-init-logout", "rp-init-logout-other-state", "rp-init-logout-no-state"],
                "a test for each module; the flow has this logout")),
        Plan(
            title: "Back-channel logout", id: "oidcc-client-back-channel-logout-rp-basic",
            modules: later(
                ["", "-alg-none", "-no-event", "-with-nonce", "-wrong-alg", "-wrong-aud", "-wrong-event", "-wrong-iss"]
                    .map { backChannel + $0 }, "back-channel logout in the flow")),
        Plan(
            title: "Front-channel logout", id: "oidcc-client-front-channel-logout-rp-basic",
            modules: later(["rp-frontchannel-rpinitlogout"], "front-channel logout")),
        Plan(
            title: "Session management", id: "oidcc-client-rp-session-management-rp-basic",
            modules: later(["session-management"], "session management")),
    ]
}
