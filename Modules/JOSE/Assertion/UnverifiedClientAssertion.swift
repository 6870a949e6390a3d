public import OAuthTypes
import WireFormats

/// The unverified issuer of a client assertion: use it only to look up the client whose keys then verify the assertion
/// (RFC 7521 §4.2 lets a request leave out `client_id`).
public struct UnverifiedClientAssertion: Sendable {
    /// The client that the assertion names. Anyone can write this.
    public let issuer: ClientID

    /// Reads `iss`; nil if the text is not a compact serialization with such a claim.
    public init?(_ assertion: RawClientAssertion, limits: TokenLimits = .standard) {
        let payload = assertion.exposedText.withOctets { octets in
            (try? CompactSegments(octets, limits: limits)).flatMap { Base64URL.decode(octets.extracting($0.payload)) }
        }
        guard let payload, let claims = (try? ScannedObject(scanning: payload)).map(Claims.init) else { return nil }
        guard let text = try? claims.requiredText(.issuer), let issuer = try? ClientID(text) else { return nil }
        self.issuer = issuer
    }
}
