import JOSE
import OAuthTypes
import Testing

@Suite struct TokenValidationErrorTests {
    private struct DownError: Error { var attempts = 1 }
    private enum AwayError: Error { case away, closed }

    private static let reasons: [TokenValidationError.Reason] = [
        .jws(.signature), .jws(.malformed(.token)), .claim(.missing(.issuer)), .claim(.missing(.subject)),
        .keysOfAnotherIssuer, .keysUnavailable(KeyError.waiting), .keysUnavailable(KeyError.status(500)),
        .keysUnavailable(DownError()), .keysUnavailable(DownError(attempts: 2)), .keysUnavailable(AwayError.away),
        .keysUnavailable(AwayError.closed), .proofKey(.symmetric), .proofKey(.malformed("x")), .anotherKey,
    ]

    @Test func tellsEveryReasonFromTheOthers() {
        let errors = Self.reasons.map { TokenValidationError(.idToken, reason: $0) }
        #expect(Set(errors + errors).count == errors.count)
        for (index, error) in errors.enumerated() {
            #expect(errors.firstIndex(of: error) == index)
        }
    }

    @Test func tellsTheKindsOfTokensApart() {
        let proof = TokenValidationError(.dpopProof, reason: .jws(.signature))
        #expect(proof == TokenValidationError(.dpopProof, reason: .jws(.signature)))
        #expect(proof != TokenValidationError(.clientAssertion, reason: .jws(.signature)))
    }

    @Test(
        arguments: [
            (.jws(.signature), "invalid_signature"), (.claim(.missing(.issuer)), "missing_iss"),
            (.keysOfAnotherIssuer, "keys_of_another_issuer"),
            (.keysUnavailable(KeyError.waiting), "keys_unavailable"),
            (.keysUnavailable(AwayError.away), "keys_unavailable"), (.proofKey(.symmetric), "proof_key"),
            (.anotherKey, "another_key"),
        ] as [(TokenValidationError.Reason, String)])
    func hasACodeThatStaysTheSame(_ reason: TokenValidationError.Reason, code: String) {
        #expect(TokenValidationError(.dpopProof, reason: reason).code == code)
    }

    @Test(
        arguments: [
            (.idToken, "ID token"), (.accessToken, "access token"), (.logoutToken, "logout token"),
            (.userInfo, "signed UserInfo"), (.jarmResponse, "authorization response"),
            (.clientAssertion, "client assertion"), (.dpopProof, "proof of possession"),
        ] as [(TokenValidationError.Kind, String)])
    func namesTheKindAndWhetherTheTokenOrItsKeysAreAtFault(_ kind: TokenValidationError.Kind, name: String) {
        let refused = TokenValidationError(kind, reason: .jws(.signature))
        #expect(refused.description == "\(name) refused: the signature is not valid")
        let known = TokenValidationError(kind, reason: .keysUnavailable(KeyError.contentType))
        #expect(known.description == "\(name) not verified: \(KeyError.contentType)")
        let foreign = TokenValidationError(kind, reason: .keysUnavailable(DownError()))
        #expect(foreign.description == "\(name) not verified: its issuer's keys are not available")
    }
}
