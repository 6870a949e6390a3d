import CryptoPrimitives
import OAuthTypes
import WireFormats

/// Trusts the key in the token's own header, whoever wrote it: all that a proof of possession says is that its maker
/// holds that key (RFC 9449 §4.2). For nothing but such proofs.
struct EmbeddedKeyCheck: SignatureCheck {
    private let key: VerificationKey
    private let algorithms: SignatureAlgorithms
    /// The thumbprint of the key (RFC 7638).
    let thumbprint: String

    /// Reads `jwk` from the header of `token`.
    init(
        headerOf token: Span<UInt8>, _ algorithms: SignatureAlgorithms, _ rules: JWKPolicy, _ limits: TokenLimits
    ) throws(DPoPError) {
        let header: ScannedObject
        do { header = try Self.header(of: token, limits) } catch { throw .token(error) }
        guard let member = header.member("jwk"), let value = header.value(member) else {
            throw .token(.parameter(.jwk))
        }
        do { key = VerificationKey(try PublicJWK(strictly: value), rules) } catch { throw .key(error) }
        // It fails only when libcrypto does, for want of memory.
        do { thumbprint = try key.jwk.thumbprint() } catch { throw .token(.noSuitableKey(.none)) }
        self.algorithms = algorithms
    }

    var algorithmNames: [String] { algorithms.names }

    func check(
        _ signature: Span<UInt8>, over input: Span<UInt8>, _ header: JWSHeader, last: inout FoundKey?
    ) throws(JWSError) {
        guard let algorithm = algorithms.member(named: header.algorithm) else { throw mismatch(header) }
        guard key.suits(algorithm), let ready = key.ready() else { throw .noSuitableKey(.none) }
        guard ready.verifies(signature, over: input, algorithm.method) else { throw .signature }
    }

    private static func header(of token: Span<UInt8>, _ limits: TokenLimits) throws(JWSError) -> ScannedObject {
        let segment = try CompactSegments(token, limits).header
        guard let octets = Base64URL.decode(token.extracting(segment)) else { throw .malformed(.header) }
        do { return try ScannedObject(scanning: octets) } catch { throw .malformed(.header) }
    }
}
