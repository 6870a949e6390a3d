import CFloor
public import JOSE
public import OAuthTypes

/// The public half of a corpus, read from files.
public struct FiledCorpus: Sendable {
    let issuer: Issuer
    let keySet: [UInt8]
    /// The tokens.
    public let tokens: [RawIDToken]
    let expectations: [IDTokenExpectations]

    /// A verifier of these tokens.
    public func verifier(_ policy: JWKPolicy) throws -> IDTokenVerifier<LocalJWKSet> {
        let keys = LocalJWKSet(try JWKSet(jwks: keySet, policy: policy), of: issuer)
        return IDTokenVerifier(keys: keys, algorithms: [.rs256])
    }

    /// Whether `verifier` accepts the token at `index`, or another one in its place.
    public func accepts(
        _ index: Int, by verifier: IDTokenVerifier<LocalJWKSet>, insteadOf text: RawIDToken? = nil
    ) -> Bool {
        let now = UnixTime(seconds: 1_760_010_000)
        guard let token = try? verifier.verify(text ?? tokens[index], expecting: expectations[index], at: now) else {
            return false
        }
        cfloor_consume(token.expiresAt.seconds)
        return true
    }
}
