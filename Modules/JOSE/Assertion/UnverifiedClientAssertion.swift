public import OAuthTypes
import WireFormats

/// What an assertion says about who made it, before anybody checked that: only for looking up the client whose keys are
/// then to verify it (RFC 7521 §4.2 lets a request leave out `client_id`).
public struct UnverifiedClientAssertion: Sendable {
    /// The client that is said to have made it. Anybody can write this.
    public let issuer: ClientID

    /// Reads `iss`; nil when the text is no compact serialization with such a claim.
    public init?(_ assertion: RawClientAssertion, limits: TokenLimits = .standard) {
        let payload = assertion.exposedText.withOctets { octets in
            (try? CompactSegments(octets, limits)).flatMap { Base64URL.decode(octets.extracting($0.payload)) }
        }
        guard let payload, let claims = try? ScannedObject(scanning: payload) else { return nil }
        guard let text = try? claims.requiredText(.issuer), let issuer = try? ClientID(text) else { return nil }
        self.issuer = issuer
    }
}
