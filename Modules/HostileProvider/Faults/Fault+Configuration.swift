import JOSE
import WireFormats

// The modules of the Config RP plan that the Basic plan does not have.
extension HostileProvider.Fault {
    static let configuration: [HostileProvider.Fault] = [
        unusualEndpoints, unusualKeyAddress, discoveryIssuerMismatch, keyReplacedBeforeSigning,
        keyReplacedBetweenLogins,
    ]

    /// The provider has its endpoints at addresses that only its metadata names.
    public static let unusualEndpoints = HostileProvider.Fault(
        "unusualEndpoints", .accept, module: "oidcc-client-test-discovery-openid-config",
        summary: "has its endpoints at addresses that only its metadata names",
        recipe: .moving(["authorization_endpoint", "token_endpoint", "userinfo_endpoint"]))

    /// The provider has its keys at an address that only its metadata names.
    public static let unusualKeyAddress = HostileProvider.Fault(
        "unusualKeyAddress", .accept, module: "oidcc-client-test-discovery-jwks-uri-keys",
        summary: "has its keys at an address that only its metadata names",
        recipe: .moving(["jwks_uri"]))

    /// The provider names another issuer in its metadata.
    public static let discoveryIssuerMismatch = HostileProvider.Fault(
        "discoveryIssuerMismatch", .refuse, module: "oidcc-client-test-discovery-issuer-mismatch",
        summary: "names another issuer in its metadata",
        recipe: .metadata { $0["issuer"] = "https://elsewhere.example" })

    /// The provider replaces its key when it is asked for tokens, and signs with the new one.
    public static let keyReplacedBeforeSigning = HostileProvider.Fault(
        "keyReplacedBeforeSigning", .accept, module: "oidcc-client-test-signing-key-rotation-just-before-signing",
        summary: "replaces its key when it is asked for tokens, and signs with the new one",
        recipe: Recipe(
            keys: { keys, scene in if scene.logins > 0 { keys = [scene.keys.next.publicJWK] } },
            idToken: { token, _ in token.signature = .next }))

    /// The provider replaces its key after the first login.
    public static let keyReplacedBetweenLogins = HostileProvider.Fault(
        "keyReplacedBetweenLogins", .accept, module: "oidcc-client-test-signing-key-rotation",
        summary: "replaces its key after the first login",
        recipe: Recipe(
            keys: { keys, scene in if scene.logins > 1 { keys = [scene.keys.next.publicJWK] } },
            idToken: { token, scene in if scene.logins > 1 { token.signature = .next } }))
}
