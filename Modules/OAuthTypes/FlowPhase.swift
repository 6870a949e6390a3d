/// A part of the app's own work that takes time: what one span of a trace covers.
@nonexhaustive
public enum FlowPhase: String, Hashable, Sendable, CaseIterable {
    /// Steps 1 and 2: a login begins, and the browser is sent to the provider.
    case begin
    /// Steps 5 to 8: the browser is back with a code, and a session begins or the login is refused.
    case callback
    /// Steps 6 and 7, within ``callback``: the code goes to the token endpoint.
    case tokenRequest = "token_request"
    /// Step 8, within ``callback``, or of a refresh: an ID token is verified; keys are fetched if necessary.
    case verification
    /// Within ``callback``: claims are fetched from the UserInfo endpoint.
    case userInfo = "userinfo"
    /// A refresh token goes to the token endpoint.
    case refresh
    /// Steps 9 and 10: a call of an API, or of the UserInfo endpoint, with the session's access token.
    case apiCall = "api_call"
    /// The user's session ends here, and the browser is sent to the provider's logout.
    case logout
    /// A refresh token of no more use is revoked at the provider.
    case revocation
}

/// An observer that also surrounds the phases of the flow: with a span of a trace, or to measure them.
///
/// The phases of one request are nested as ``FlowPhase`` says. Of several such observers, the first is outermost.
public protocol FlowPhaseObserver: FlowObserver {
    /// Runs `work`, which is `phase`, and returns its answer or throws its error.
    ///
    /// Call it once, in the calling task: events of the phase are recorded in it, and task-local values that are bound
    /// here hold in all of it. A second call fails where a code would be sent twice.
    /// - Parameters:
    ///   - phase: what is done.
    ///   - correlationID: shared with the events of the login; nil for a callback, whose events tell it.
    ///   - work: does it.
    func during<Answer: Sendable, Failure: Error>(
        _ phase: FlowPhase, of correlationID: String?, _ work: () async throws(Failure) -> Answer
    ) async throws(Failure) -> Answer
}
