import LoginFlow
import OAuthTypes

extension SettingReader {
    /// The settings of the flow; nil if one that it cannot do without is missing or faulty.
    mutating func loginSettings() -> LoginSettings? {
        let issuer = issuer()
        let clientID = clientID()
        let credential = clientCredential()
        let keys = clientKeys()
        let baseURL = baseURL()
        let isProduction = isProduction()
        var rules = ProviderRules()
        read(&rules)
        guard let issuer, let clientID, let credential, let baseURL else { return nil }
        var settings = LoginSettings(
            provider: .discovered(issuer), clientID: clientID, clientCredential: credential, baseURL: baseURL)
        settings.clientKeys = keys
        rules.apply(to: &settings)
        settings.plaintext = !isProduction && baseURL.origin.isLoopback ? .loopback : .refused
        return settings
    }

    private mutating func read(_ rules: inout ProviderRules) {
        rules.scope = scope()
        rules.audience = texts[.audience]
        rules.resources = list(.resources)
        rules.responseMode = responseMode()
        rules.pushedRequests = sending(.pushedRequests)
        rules.signedRequests = sending(.signedRequests)
        rules.maxAge = maxAge()
        rules.acceptsThirdParty = isOn(.thirdParty)
        rules.acrValues = list(.acrValues)
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

    private mutating func scope() -> Scope? {
        guard let text = texts[.scope] else { return nil }
        if let scope = try? Scope(text), scope.contains("openid") { return scope }
        note(
            .scope, problem: "it is not a list of scope values that contains openid",
            fix: "Separate the values with spaces, for example: openid profile email.")
        return nil
    }
}
