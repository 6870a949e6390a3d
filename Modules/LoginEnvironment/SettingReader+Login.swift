import AuthURL
import JOSE
import LoginFlow
import OAuthTypes
import TokenExchange

extension SettingReader {
    /// The settings of the flow; nil if one that it cannot do without is missing or faulty.
    mutating func loginSettings() -> LoginSettings? {
        let issuer = issuer()
        let clientID = clientID()
        let secret = required(.clientSecret, fix: "Copy the client secret of the app's registration at the provider.")
        let baseURL = baseURL()
        let isProduction = isProduction()
        var rules = ProviderRules()
        read(&rules)
        guard let issuer, let clientID, let secret, let baseURL else { return nil }
        var settings = LoginSettings(
            issuer: issuer, clientID: clientID, clientSecret: ClientSecret(secret), baseURL: baseURL)
        rules.apply(to: &settings)
        settings.plaintext = !isProduction && baseURL.origin.isLoopback ? .loopback : .refused
        return settings
    }

    private mutating func read(_ rules: inout ProviderRules) {
        rules.authentication = clientAuthentication()
        rules.scope = scope()
        rules.audience = texts[.audience]
        rules.metadataURL = url(.metadataURL, fix: "Give the address of the provider's metadata document.")
        rules.idTokenAlgorithms = idTokenAlgorithms()
        rules.prompt = prompt()
        rules.offlineAccess = offlineAccess()
        rules.deviations = deviations()
    }

    private mutating func issuer() -> Issuer? {
        let fix = "Give the issuer exactly as the provider spells it, with or without a trailing slash."
        guard let text = required(.issuer, fix: fix) else { return nil }
        do { return try Issuer(text, allowing: .loopback) } catch {
            note(.issuer, problem: error.description, fix: fix)
            return nil
        }
    }

    private mutating func clientID() -> ClientID? {
        let fix = "Copy the client ID of the app's registration at the provider."
        guard let text = required(.clientID, fix: fix) else { return nil }
        do { return try ClientID(text) } catch {
            note(.clientID, problem: error.description, fix: fix)
            return nil
        }
    }

    /// The app's origin. The paths belong to the flow.
    private mutating func baseURL() -> EndpointURL? {
        let fix = "Give the app's address as browsers see it, such as https://app.example."
        guard required(.baseURL, fix: fix) != nil, let url = url(.baseURL, fix: fix) else { return nil }
        guard url.query == nil, url.path.isEmpty || url.path == "/" else {
            note(
                .baseURL, problem: "it has a path or a query",
                fix: "Give the origin alone, such as https://app.example.")
            return nil
        }
        return url
    }

    private mutating func clientAuthentication() -> ClientAuthenticationMethod? {
        guard let name = texts[.clientAuthentication], name != "automatic" else { return nil }
        if let method = ClientAuthenticationMethod(rawValue: name) { return method }
        noteUnknown(
            name, of: .clientAuthentication,
            known: ["automatic"] + ClientAuthenticationMethod.allCases.map(\.rawValue))
        return nil
    }

    private mutating func scope() -> Scope? {
        guard let text = texts[.scope] else { return nil }
        if let scope = try? Scope(text), scope.contains("openid") { return scope }
        note(
            .scope, problem: "it is not a list of scope values that contains openid",
            fix: "Separate the values with spaces, for example: openid profile email.")
        return nil
    }
}
