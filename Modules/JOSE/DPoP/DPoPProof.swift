public import OAuthTypes

/// A verified DPoP proof (RFC 9449 §4.3): the sender of the request holds the private key of this thumbprint. Only
/// ``DPoPProofVerifier`` creates one.
///
/// A proof is valid for one request: remember ``jwtID`` together with ``keyThumbprint`` until ``acceptableUntil``, and
/// refuse a proof that was seen before (RFC 9449 §11.1).
public struct DPoPProof: Hashable, Sendable {
    /// The thumbprint of the key (RFC 7638) with SHA-256 in base64url, to be bound into tokens as `cnf.jkt`.
    public let keyThumbprint: String
    /// The proof's identifier (`jti`).
    public let jwtID: String
    /// When it was made (`iat`).
    public let issuedAt: UnixTime
    /// From this time on the verifier refuses the proof, including the leeway of the clocks.
    public let acceptableUntil: UnixTime

    init(keyThumbprint: String, jwtID: String, issuedAt: UnixTime, acceptableUntil: UnixTime) {
        self.keyThumbprint = keyThumbprint
        self.jwtID = jwtID
        self.issuedAt = issuedAt
        self.acceptableUntil = acceptableUntil
    }
}
