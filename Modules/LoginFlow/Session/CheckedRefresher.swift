import Discovery
import JOSE
import OAuthTypes
import TokenExchange
import WireFormats

/// Refreshes, accepts a refreshed ID token only if it names the same user at the same issuer (OpenID Connect Core
/// §12.2), and records both as events.
struct CheckedRefresher: TokenRefresher {
    let flow: LoginFlow
    let session: LoginSession

    func refresh(_ token: RefreshToken, for target: TokenTarget) async throws(TokenEndpointError) -> TokenSet {
        var answer: Result<TokenSet, TokenEndpointError>?
        return try await flow.environment.during(.refresh, of: session.correlationID) {
            () async throws(TokenEndpointError) -> TokenSet in
            // Whatever an observer does, a refresh token is sent once.
            if let answer { return try answer.get() }
            do throws(TokenEndpointError) {
                let tokens = try await refreshed(token, for: target)
                answer = .success(tokens)
                return tokens
            } catch {
                answer = .failure(error)
                throw error
            }
        }
    }

    private func refreshed(
        _ token: RefreshToken, for target: TokenTarget
    ) async throws(TokenEndpointError) -> TokenSet {
        let start = flow.environment.stopwatch.reading
        let tokens = try await send(token, for: target)
        let id = session.correlationID
        flow.record(tokens.deviations, correlationID: id)
        // With an ID token there is more to say after its check.
        if tokens.idToken == nil {
            tell("granted", details: tokens.shownAtRefresh, took: flow.environment.stopwatch.reading - start)
        }
        return tokens
    }

    private func send(_ token: RefreshToken, for target: TokenTarget) async throws(TokenEndpointError) -> TokenSet {
        let connection: Provider.Connection
        do { connection = try await flow.provider.connection() } catch {
            tell(.notSent, because: "\(error)")
            throw .endpointUnknown(error)
        }
        var target = target
        if target.resources.isEmpty { target.resources = flow.settings.resources }
        do { return try await connection.tokenEndpoint.refresh(token, for: target) } catch {
            tell(RefreshConsequence(error), because: "\(error)")
            throw error
        }
    }

    func check(_ tokens: TokenSet) async -> TokenCheck {
        guard let raw = tokens.idToken else { return .accepted }
        var result: TokenCheck?
        // Thrown again, so that the phase is known to have failed.
        try? await flow.environment.during(.verification, of: session.correlationID) {
            guard result == nil else { return }
            do { try await verify(raw, of: tokens) } catch {
                result = check(of: raw, failedWith: error)
                throw error
            }
            tell("granted", details: tokens.shownAtRefresh)
            result = .accepted
        }
        // Only a verification accepts: an observer may end the phase before its work.
        return result ?? unavailable("an observer ended the verification before it began")
    }

    private func verify(_ raw: RawIDToken, of tokens: TokenSet) async throws {
        let connection = try await flow.provider.connection()
        let idToken = try await connection.verifier.verifyRefreshing(
            raw, expecting: expectations(tokens), at: tokens.receivedAt)
        _ = try SessionCeiling.time(in: idToken.claims)
        flow.record(idToken.deviations, correlationID: session.correlationID)
    }

    private func check(of raw: RawIDToken, failedWith error: any Error) -> TokenCheck {
        switch error {
        case is DiscoveryError: unavailable("\(error)")
        case let error as TokenValidationError where error.isForWantOfKeys: unavailable("\(error)")
        default: refused(error, token: raw)
        }
    }

    private func expectations(_ tokens: TokenSet) -> IDTokenExpectations {
        var expectations = IDTokenExpectations(
            refreshOf: session.subject, issuer: flow.settings.issuer, clientID: flow.settings.clientID,
            nonce: session.claims["nonce"]?.stringValue, authTime: loginTime, accessToken: tokens.accessToken)
        flow.settings.deviations.apply(to: &expectations)
        expectations.issuerRule = flow.settings.issuerRule.narrowed(to: session.issuer)
        expectations.requiredClaims = flow.settings.requiredClaims(inRefreshOf: session)
        return expectations
    }

    private var loginTime: UnixTime? { session.claims["auth_time"]?.timeValue }
}

// The events.
extension CheckedRefresher {
    private func tell(_ outcome: String, details: [FlowEvent.Detail], took duration: Duration? = nil) {
        flow.record(
            "refresh.\(outcome)", from: .authorizationServer, to: .webApp, correlationID: session.correlationID,
            details: details, took: duration)
    }

    private func tell(_ failure: RefreshConsequence, because diagnosis: String) {
        var details: [FlowEvent.Detail] = []
        switch failure {
        case .rejected(let response):
            details = [.init("code", response.error), .init("diagnosis", response.diagnosis)]
        case .unexplained(let status): details = [.init("code", "http_\(status)"), .init("diagnosis", diagnosis)]
        default: details = [.init("diagnosis", diagnosis)]
        }
        tell(failure.outcome, details: details + [.init("turn", failure.remedy.turn.rawValue)])
        if failure.remedy.turn == .user { flow.loginStorms.note(in: flow, code: details.first?.value ?? "") }
    }

    private func unavailable(_ diagnosis: String) -> TokenCheck {
        tell("pending", details: [.init("diagnosis", diagnosis), .init("turn", FlowProblem.Turn.wait.rawValue)])
        return .unavailable
    }

    private func refused(_ error: any Error, token raw: RawIDToken) -> TokenCheck {
        guard let error = error as? TokenValidationError else {
            let words = "ID token refused: the claim session_expiry is malformed"
            tell(
                "id_token_refused",
                details: [.init("code", "malformed_session_expiry"), .init("diagnosis", words)])
            return .refused(.init(code: "malformed_session_expiry"))
        }
        let details: [FlowEvent.Detail] = [.init("code", error.code), .init("diagnosis", "\(error)")]
        switch error.reason {
        case .claim(.subjectChanged):
            let found = raw.verifiedPayload?["sub"]?.stringValue ?? ""
            tell("subject_changed", details: details + shown(expected: session.subject.text, found: found))
        case .claim(.authTimeChanged(let expected, let found)):
            tell("id_token_refused", details: details + shown(expected: "\(expected)", found: "\(found)"))
        default: tell("id_token_refused", details: details)
        }
        return .refused(.init(code: error.code, namesAnotherUser: error.namesAnotherUser))
    }

    // Expected and actual value, if neither is secret. The signature was verified before any claim was checked.
    private func shown(expected: String, found: String) -> [FlowEvent.Detail] {
        [.init("expected", expected.printable(256)), .init("found", found.printable(256))]
    }
}

extension TokenValidationError {
    fileprivate var namesAnotherUser: Bool {
        if case .claim(.subjectChanged) = reason { true } else { false }
    }

    fileprivate var isForWantOfKeys: Bool {
        if case .keysUnavailable = reason { true } else { false }
    }
}

extension RefreshConsequence {
    fileprivate var outcome: String {
        switch self {
        case .rejected, .unexplained: "refused"
        case .outcomeUnknown, .unusable: "lost"
        case .notSent, .invalidResponse: "failed"
        }
    }
}

extension RefreshRemedy {
    var turn: FlowProblem.Turn {
        switch self {
        case .login, .loginKeepingToken, .loginOnceAccessEnded: .user
        case .operator: .operator
        case .wait: .wait
        }
    }
}

extension TokenSet {
    fileprivate var shownAtRefresh: [FlowEvent.Detail] {
        var details: [FlowEvent.Detail] = []
        if accessToken != nil { details.append(.secret("access_token")) }
        if refreshToken != nil { details.append(.secret("refresh_token")) }
        if idToken != nil { details.append(.secret("id_token")) }
        if let expiresAt { details.append(.init("expires_in", "\(expiresAt.seconds(since: receivedAt)) s")) }
        if let scope { details.append(.init("scope", scope.description)) }
        return details
    }
}
