public import OAuthTypes
import WireFormats

/// `private_key_jwt`: a client assertion signed with the client's private key (RFC 7523 §2.2, OpenID Connect Core §9).
///
///     let key = try SigningKey(pem: pem, algorithm: .es256, keyID: registered)
///     let authentication = PrivateKeyJWT(signer: key, audience: .issuer(issuer))
///
/// No secret leaves the process, and the signer may be a key service. Every request gets an assertion of its own, with
/// a new `jti`, that expires after a minute.
public struct PrivateKeyJWT: ClientAuthentication {
    /// The audience of assertions: one name, so that no other server can present them there.
    public enum Audience: Hashable, Sendable {
        /// The authorization server's issuer, which no response can replace.
        case issuer(Issuer)
        /// The URL of the request, for servers that accept nothing else. Use it only with metadata from the issuer
        /// itself: the party that names the URL chooses where the assertion is valid.
        case endpoint
        /// The token endpoint for requests to every endpoint, for servers that accept nothing else. The same holds as for
        /// ``endpoint``: use it with a key that no other issuer is given.
        case tokenEndpoint(EndpointURL)
    }

    private static let lifetime: Int64 = 60

    private let signer: any CompactSigner
    private let audience: Audience
    private let type: String
    private let clock: WallClock
    private let random: RandomSource

    /// Creates the method with `signer`.
    ///
    /// - Parameters:
    ///   - signer: the private key whose public half the provider has registered.
    ///   - audience: the audience of the assertions.
    ///   - type: the header type; every server accepts `JWT`, and RFC 7523's successor requires
    ///     `client-authentication+jwt`.
    ///   - clock: the time.
    ///   - random: the source of the assertions' identifiers.
    public init(
        signer: any CompactSigner, audience: Audience, type: String = "JWT", clock: WallClock = .system,
        random: RandomSource = .system
    ) {
        self.signer = signer
        self.audience = audience
        self.type = type
        self.clock = clock
        self.random = random
    }

    /// Adds `client_id`, `client_assertion_type` and a fresh `client_assertion` to the form.
    /// - Throws: whatever the signer throws.
    public func authenticate(
        _ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL
    ) async throws {
        let assertion = try await signer.sign(type: type, claims: claims(of: client, at: endpoint))
        request.parameters += [
            ("client_id", client.text),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.exposedText),
        ]
    }

    private func claims(of client: ClientID, at endpoint: EndpointURL) -> JSONObject {
        let now = clock.now
        let name =
            switch audience {
            case .issuer(let issuer): issuer.text
            case .endpoint: endpoint.text
            case .tokenEndpoint(let url): url.text
            }
        return [
            "iss": .string(client.text), "sub": .string(client.text), "aud": .string(name),
            "jti": .string(Base64URL.encode(random.bytes(count: 16))), "iat": time(now),
            "exp": time(now.adding(seconds: Self.lifetime)),
        ]
    }

    private func time(_ time: UnixTime) -> JSONValue { .number(JSONNumber(Int(time.seconds))) }
}

extension PrivateKeyJWT: CustomStringConvertible, CustomReflectable {
    /// The type alone.
    public var description: String { "PrivateKeyJWT" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension ClientAuthentication where Self == PrivateKeyJWT {
    /// `private_key_jwt`.
    public static func privateKeyJWT(signer: any CompactSigner, audience: PrivateKeyJWT.Audience) -> PrivateKeyJWT {
        PrivateKeyJWT(signer: signer, audience: audience)
    }
}
