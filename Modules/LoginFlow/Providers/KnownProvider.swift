import AuthURL
import JOSE
public import OAuthTypes
import TokenExchange
import WireFormats

/// A provider whose issuer, deviations and habits are known: the beginning of ``LoginSettings``.
///
///     var settings = try LoginSettings(
///         at: .auth0(domain: "shop.eu.auth0.com"), clientID: clientID, clientSecret: secret, baseURL: baseURL)
///     settings.audience = "https://api.shop.example"
///
/// Everything it sets is a setting that you can read and change afterwards. Each provider has a page in `Docs/Providers`.
public struct KnownProvider: Sendable {
    /// The provider's name, such as `Auth0`.
    public let name: String
    /// What is wrong with the arguments; empty if nothing is.
    public let faults: [SettingFault]
    /// Where the metadata comes from; nil if there are ``faults``.
    public let source: LoginSettings.Provider?
    /// The deviations from the standards that the provider needs.
    public internal(set) var deviations: Set<LoginDeviation> = []

    var rules = ProviderRules()
    var scope: [String]?
    var responseMode = AuthorizationRequest.ResponseMode.query
    var clientAuthenticationMethod: ClientAuthenticationMethod?
    var asksUserInfo = true
    var plaintext = PlaintextHTTP.refused

    init(_ name: String, source: Result<LoginSettings.Provider, SettingsError>) {
        self.name = name
        do {
            self.source = try source.get()
            faults = []
        } catch {
            self.source = nil
            faults = error.faults
        }
    }

    init(_ name: String, issuer: String, allowing plaintext: PlaintextHTTP = .refused) {
        self.init(
            name,
            source: Result { () throws(SettingsError) in .discovered(try Self.issuer(issuer, allowing: plaintext)) })
        self.plaintext = plaintext
    }

    /// A provider whose arguments are wrong.
    init(_ name: String, fault: SettingFault) { self.init(name, source: .failure(SettingsError(faults: [fault]))) }

    private static func issuer(_ text: String, allowing plaintext: PlaintextHTTP) throws(SettingsError) -> Issuer {
        do { return try Issuer(text, allowing: plaintext) } catch {
            throw SettingsError(faults: [
                SettingFault(
                    setting: "provider", problem: "it makes no issuer: \(error)",
                    fix: "Compare it with the issuer in the provider's own metadata.")
            ])
        }
    }
}

extension LoginSettings {
    /// Creates the settings of an app at a known provider.
    ///
    /// A secret that says when it ends, as one made for Apple by hand does, sets ``clientCredentialEndsAt``.
    /// - Throws: `SettingsError` with every fault of the provider's arguments.
    public init(
        at provider: KnownProvider, clientID: ClientID, clientSecret: ClientSecret, baseURL: EndpointURL
    ) throws(SettingsError) {
        try self.init(
            at: provider, clientID: clientID,
            clientCredential: .secret(clientSecret, method: provider.clientAuthenticationMethod), baseURL: baseURL)
        clientCredentialEndsAt = clientSecret.end
    }

    /// Creates the settings of an app at a known provider, with any credential.
    /// - Throws: `SettingsError` with every fault of the provider's arguments.
    public init(
        at provider: KnownProvider, clientID: ClientID, clientCredential: ClientCredential, baseURL: EndpointURL
    ) throws(SettingsError) {
        guard let source = provider.source, provider.faults.isEmpty else {
            throw SettingsError(faults: provider.faults)
        }
        self.init(provider: source, clientID: clientID, clientCredential: clientCredential, baseURL: baseURL)
        deviations = provider.deviations
        rules = provider.rules
        scope = provider.scope.flatMap { try? Scope($0) }
        responseMode = provider.responseMode
        asksUserInfo = provider.asksUserInfo
        plaintext = provider.plaintext
    }
}

extension ClientSecret {
    /// When it ends, if it is a JWT that says so (RFC 7519 §4.1.4).
    fileprivate var end: UnixTime? {
        let parts = exposedText.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let octets = Base64URL.decode(String(parts[1])) else { return nil }
        return (try? JSONReader.object(octets))?["exp"]?.timeValue
    }
}
