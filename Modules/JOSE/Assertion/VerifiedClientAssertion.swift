public import OAuthTypes

/// A client that proved who it is by an assertion (RFC 7523 §3). Only ``ClientAssertionVerifier`` makes one.
///
/// An assertion is good once: remember ``jwtID`` together with ``clientID`` until ``acceptableUntil``, and refuse the
/// request when it was seen before (OpenID Connect Core §9).
public struct VerifiedClientAssertion: Hashable, Sendable {
    /// The client.
    public let clientID: ClientID
    /// The assertion's own name (`jti`).
    public let jwtID: String
    /// When the assertion ends (`exp`).
    public let expiresAt: UnixTime
    /// From then on the verifier refuses the assertion by itself, the leeway of the clocks included.
    public let acceptableUntil: UnixTime

    init(clientID: ClientID, jwtID: String, expiresAt: UnixTime, acceptableUntil: UnixTime) {
        self.clientID = clientID
        self.jwtID = jwtID
        self.expiresAt = expiresAt
        self.acceptableUntil = acceptableUntil
    }
}
