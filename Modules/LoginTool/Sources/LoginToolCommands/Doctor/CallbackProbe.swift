import OAuthTypes

/// Asks the provider whether the callback is registered: sends the authorization request of a login with `prompt=none` and
/// without any cookie, and looks where the browser would be sent.
///
/// A provider that knows the redirect URI redirects there with an error (OpenID Connect Core §3.1.2.6); otherwise it
/// must not redirect (RFC 6749 §4.1.2.1) and shows a page.
struct CallbackProbe {
    private static let maximumRedirects = 5
    /// The errors that mean: nobody is logged in.
    private static let expected: Set<String> = [
        "login_required", "interaction_required", "consent_required", "account_selection_required",
    ]

    let settings: DoctorSettings
    let transport: any HTTPTransport

    init(_ settings: DoctorSettings, transport: any HTTPTransport) {
        self.settings = settings
        self.transport = transport
    }

    func probe(_ login: StartedLoginReply) async -> Finding {
        guard let location = login.location else {
            return Finding(
                .problem, of: "callback", text: "no login can begin: \(login.fault ?? "the flow gave no address")",
                fix: "correct the setting that the text names")
        }
        var next = location
        // Only a provider on loopback may send the probe to loopback.
        let plaintext = settings.issuer.origin.scheme == "http" ? PlaintextHTTP.loopback : .refused
        for _ in 0...Self.maximumRedirects {
            guard let url = try? EndpointURL(next, allowing: plaintext) else {
                return unclear("it redirects to no usable URL")
            }
            let response: TransportResponse
            do { response = try await send(url) } catch {
                return Finding(
                    .warning, of: "callback", text: "the authorization endpoint gave no response: \(error)",
                    fix: Doctor.advice(error.reason))
            }
            guard (300...399).contains(response.status),
                let target = response.fields.onlyValue(named: "Location").flatMap({ Self.resolve($0, from: url) })
            else { return page(response, redirectURI: login.redirectURI) }
            if target.hasPrefix(login.redirectURI + "?") || target.hasPrefix(login.redirectURI + "#") {
                return redirected(target, redirectURI: login.redirectURI)
            }
            next = target
        }
        return unclear("it redirects more than \(Self.maximumRedirects) times")
    }

    private func send(_ url: EndpointURL) async throws(TransportError) -> TransportResponse {
        let accept = [HeaderField("Accept", "text/html")].compactMap(\.self)
        return try await transport.send(
            TransportRequest(.get, url, fields: accept, replay: .idempotent),
            within: TransportLimits(maximumBodyOctets: 2_097_152))
    }

    private func redirected(_ target: String, redirectURI: String) -> Finding {
        let query = target.dropFirst(redirectURI.count + 1).prefix { $0 != "#" }
        let error = query.split(separator: "&").first { $0.hasPrefix("error=") }?.dropFirst(6)
        guard let error else {
            return Finding(.ok, of: "callback", text: "\(redirectURI) is registered: the provider redirects to it")
        }
        let code = String(error).shown(upTo: 64)
        guard !Self.expected.contains(code) else {
            return Finding(
                .ok, of: "callback", text: "\(redirectURI) is registered: the provider redirects to it (\(code))")
        }
        return Finding(
            .problem, of: "callback",
            text: "\(redirectURI) is registered, but the provider refuses the request: \(code)",
            fix: Self.advice(code))
    }

    private static func advice(_ error: String) -> String {
        switch error {
        case "invalid_scope": "request a scope that this client may have (LOGIN_SCOPE)"
        case "unauthorized_client", "unsupported_response_type":
            "enable the authorization code flow for this client at the provider"
        case "temporarily_unavailable", "server_error": "try again later; then look into the provider's log"
        default: "look the error up in the provider's log or manual"
        }
    }

    private func page(_ response: TransportResponse, redirectURI: String) -> Finding {
        let fix =
            "register exactly \(redirectURI) as redirect URI (callback URL) of client \(settings.clientID) at the "
            + "provider, and check the client ID"
        switch response.status {
        case 400...499:
            return Finding(
                .problem, of: "callback",
                text: "the provider shows an error page (\(response.status)) instead of redirecting to \(redirectURI)",
                fix: fix)
        case 500...599: return unclear("it answers \(response.status)")
        default:
            guard Self.speaksOfRedirectURI(response.body) else {
                return unclear("it shows a page (\(response.status)) in spite of prompt=none")
            }
            return Finding(
                .problem, of: "callback", text: "the provider shows a page about the redirect URI instead of using it",
                fix: fix)
        }
    }

    // Some providers show their error page with status 200.
    private static func speaksOfRedirectURI(_ body: [UInt8]) -> Bool {
        let text = String(decoding: body.prefix(262_144), as: UTF8.self).lowercased()
        return [
            "redirect_uri_mismatch", "invalid_redirect_uri", "invalid redirect_uri", "invalid parameter: redirect_uri",
        ]
        .contains { text.contains($0) }
    }

    private func unclear(_ reason: String) -> Finding {
        Finding(
            .warning, of: "callback",
            text: "cannot tell whether the callback is registered: the provider does not redirect back; "
                + reason, fix: "log in once with a browser")
    }

    // RFC 3986 §5.2 as far as providers use it.
    private static func resolve(_ reference: String, from url: EndpointURL) -> String? {
        guard !reference.isEmpty else { return nil }
        if reference.hasPrefix("//") { return "\(url.origin.scheme):\(reference)" }
        if reference.hasPrefix("/") { return "\(url.origin)\(reference)" }
        if reference.hasPrefix("?") { return "\(url.origin)\(url.path)\(reference)" }
        if reference.prefix(while: { $0 != "/" && $0 != "?" }).contains(":") { return reference }
        let folder = url.path.lastIndex(of: "/").map { url.path[...$0] } ?? "/"
        return "\(url.origin)\(folder)\(reference)"
    }
}
