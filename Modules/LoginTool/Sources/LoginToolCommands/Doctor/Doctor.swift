import Discovery
import LoginEnvironment
import LoginFlow
import OAuthTypes
import SessionStore

/// Examines the settings of a login, the provider and this machine.
///
/// Every exchange has the deadlines and the body limit of its request, and there are at most ten.
struct Doctor: Sendable {
    let settings: DoctorSettings
    let transport: DateKeepingTransport
    let clock: WallClock

    init(_ settings: DoctorSettings, transport: any HTTPTransport, clock: WallClock) {
        self.settings = settings
        self.clock = clock
        self.transport = DateKeepingTransport(transport, clock: clock)
    }

    /// Examines everything. `telling` learns what is being examined.
    func examine(telling: @Sendable (String) -> Void = { _ in }) async -> FindingReport {
        telling("asking \(settings.issuer.origin) for its metadata")
        var findings = environmentFindings
        let (metadata, found) = await examineMetadata()
        findings += found
        if let metadata {
            telling("fetching the keys")
            findings += await examineKeys(of: metadata)
        }
        findings += clockFindings
        let login = await StartedLoginReply(settings, metadata: metadata ?? placeholder, clock: clock)
        if metadata != nil {
            telling("asking whether the callback is registered")
            findings.append(await CallbackProbe(settings, transport: transport).probe(login))
        }
        findings += cookieFindings(login) + headerFindings(login) + proxyFindings
        findings += SystemLibraries.loaded.findings(settings)
        return FindingReport(findings: findings)
    }

    // Without metadata, cookies and sizes can still be examined.
    private var placeholder: ProviderMetadata? {
        guard let url = try? EndpointURL("\(settings.issuer.origin)/authorize", allowing: .loopback) else { return nil }
        return ProviderMetadata(issuer: settings.issuer, authorizationEndpoint: url, tokenEndpoint: url, jwksURI: url)
    }

    private var environmentFindings: [Finding] {
        var findings: [Finding] = []
        if settings.variable("LOGIN_CLIENT_SECRET") != nil {
            findings.append(
                Finding(
                    .ok, of: "client-secret", text: "LOGIN_CLIENT_SECRET is set",
                    fix: "it is not sent here, so whether the provider accepts it shows with the first login"))
        }
        if let secret = settings.variable("LOGIN_SESSION_SECRET") {
            let isUsable = (try? SealingKeys(parsing: secret)) != nil
            findings.append(
                isUsable
                    ? Finding(.ok, of: "session-secret", text: "LOGIN_SESSION_SECRET is usable")
                    : Finding(
                        .problem, of: "session-secret",
                        text: "LOGIN_SESSION_SECRET is not a list of secrets of 32 octets or more",
                        fix: "make one with: login-tool session-secret"))
        } else if !settings.baseURL.origin.isLoopback {
            findings.append(
                Finding(
                    .warning, of: "session-secret", text: "LOGIN_SESSION_SECRET is not set in this environment",
                    fix: "an app that is not on loopback needs one; make it with: login-tool session-secret"))
        }
        return findings + variableFindings
    }

    private var variableFindings: [Finding] {
        let unknown = settings.environment.unknownLoginVariables.map {
            Finding(.warning, of: "variables", text: "\($0.setting): \($0.problem)", fix: $0.fix)
        }
        guard !settings.login.deviations.isEmpty else { return unknown }
        let names = ["LOGIN_DEVIATIONS", "LOGIN_TRUSTED_AUDIENCES"].filter { settings.variable($0) != nil }
        return unknown + [
            Finding(
                .ok, of: "deviations", text: "\(names.joined(separator: " and ")) accept what the standards forbid",
                fix: "Docs/Guides/GettingStarted.md says what each costs; leave out what the provider does not need")
        ]
    }
}
