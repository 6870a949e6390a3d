public import OAuthTypes

/// A client that has authenticated with a client assertion (RFC 7523 §3). Only ``ClientAssertionVerifier`` creates one.
///
/// An assertion can be used once: remember ``jwtID`` together with ``clientID`` until ``acceptableUntil``, and refuse a
/// request with an assertion that was seen before (OpenID Connect Core §9).
public struct VerifiedClientAssertion: Hashable, Sendable {
    /// The client.
    public let clientID: ClientID
    /// The assertion's identifier (`jti`).
    public let jwtID: String
    /// When the assertion expires (`exp`).
    public let expiresAt: UnixTime
    /// From this time on the verifier refuses the assertion, including the leeway of the clocks.
    public let acceptableUntil: UnixTime

    init(clientID: ClientID, jwtID: String, expiresAt: UnixTime, acceptableUntil: UnixTime) {
        self.clientID = clientID
        self.jwtID = jwtID
        self.expiresAt = expiresAt
        self.acceptableUntil = acceptableUntil
    }
}
