import OAuthTypes

/// Prints each of the ten steps as it happens, secrets left out.
struct StepPrinter: FlowObserver {
    func record(_ event: FlowEvent) {
        let number = event.step.map { String($0.rawValue) } ?? "·"
        let took = event.duration.map { " (\(milliseconds($0)) ms)" } ?? ""
        print("\(padded(number))  \(name(event.from)) → \(name(event.to)): \(event.step?.words ?? event.name)\(took)")
        for detail in event.details { print("        \(detail.name) = \(detail.value)") }
    }

    private func name(_ party: FlowEvent.Party) -> String {
        switch party {
        case .browser: "browser"
        case .webApp: "web app"
        case .authorizationServer: "authorization server"
        case .api: "API"
        }
    }

    private func milliseconds(_ duration: Duration) -> Int64 {
        min(duration.components.seconds, 1_000_000_000) * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    }

    private func padded(_ number: String) -> String { number.count < 2 ? " " + number : number }
}

extension FlowEvent.Step {
    fileprivate var words: String {
        switch self {
        case .loginRequested: "a page that needs a login"
        case .redirectedToProvider: "redirect to the authorization server"
        case .loginPrompted: "login and consent pages"
        case .userAuthenticated: "the user logs in and allows the access"
        case .codeReceived: "redirect back with a code"
        case .tokensRequested: "code, client ID and secret for tokens"
        case .grantChecked: "checks code, client ID, secret and PKCE verifier"
        case .tokensReceived: "tokens; the ID token is verified"
        case .apiCalled: "call with the access token"
        case .apiAnswered: "the answer"
        }
    }
}
