import CryptoPrimitives
import OAuthTypes
import WireFormats

/// Trusts the key in the token's own header: a DPoP proof only says that its maker holds that key (RFC 9449 §4.2). Use
/// it for such proofs only.
struct EmbeddedKeyCheck: SignatureCheck {
    private let key: VerificationKey
    private let algorithms: SignatureAlgorithms
    /// The thumbprint of the key (RFC 7638).
    let thumbprint: String

    /// Reads `jwk` from the header of `token`.
    init(
        headerOf token: Span<UInt8>, algorithms: SignatureAlgorithms, policy: JWKPolicy, limits: TokenLimits
    ) throws(TokenValidationError) {
        let kind = TokenValidationError.Kind.dpopProof
        let value = try kind.validating { () throws(JWSError) in try Self.key(inHeaderOf: token, limits: limits) }
        let jwk = try kind.validating { () throws(JWKError) in try PublicJWK(strictly: value) }
        key = VerificationKey(jwk, policy: policy)
        thumbprint = try kind.validating { () throws(JWSError) in try Self.thumbprint(of: jwk) }
        self.algorithms = algorithms
    }

    var algorithmNames: [String] { algorithms.names }

    func check(
        _ signature: Span<UInt8>, over input: Span<UInt8>, header: JWSHeader, last: inout FoundKey?
    ) throws(JWSError) {
        guard let algorithm = algorithms.member(named: header.algorithm) else { throw mismatch(header) }
        guard key.suits(algorithm), let ready = key.ready() else { throw .noSuitableKey(.none) }
        guard ready.verifies(signature, over: input, by: algorithm.method) else { throw .signature }
    }

    private static func key(inHeaderOf token: Span<UInt8>, limits: TokenLimits) throws(JWSError) -> JSONValue {
        let segment = try CompactSegments(token, limits: limits).header
        guard let octets = Base64URL.decode(token.extracting(segment)),
            let header = try? ScannedObject(scanning: octets)
        else { throw .malformed(.header) }
        guard let member = header.member("jwk"), let value = header.value(member) else { throw .parameter(.jwk) }
        return value
    }

    // It fails only if libcrypto does, for lack of memory.
    private static func thumbprint(of jwk: PublicJWK) throws(JWSError) -> String {
        do { return try jwk.thumbprint() } catch { throw .noSuitableKey(.none) }
    }
}
