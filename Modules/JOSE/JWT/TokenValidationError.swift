/// Why a token was refused or could not be verified. Names the culprit; of the token it contains only what ``JWSError``
/// and ``ClaimError`` show.
///
///     do { … } catch let error as TokenValidationError {
///         if case .keysUnavailable = error.reason { … }  // says nothing about the token, which can be verified again
///     }
public struct TokenValidationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of token to verify.
    @nonexhaustive
    public enum Kind: Hashable, Sendable {
        /// OpenID Connect Core §2.
        case idToken
        /// RFC 9068.
        case accessToken
        /// OpenID Connect Back-Channel Logout 1.0 §2.4.
        case logoutToken
        /// OpenID Connect Core §5.3.2.
        case userInfo
        /// JWT Secured Authorization Response Mode §2.1.
        case jarmResponse
        /// RFC 7523 §3.
        case clientAssertion
        /// RFC 9449 §4.2.
        case dpopProof
    }

    /// What was wrong.
    @nonexhaustive
    public enum Reason: Sendable {
        /// Format, header, key or signature.
        case jws(JWSError)
        /// A claim. Answer a missing or wrong `nonce` of a DPoP proof with `use_dpop_nonce` and a new one (RFC 9449
        /// §8).
        case claim(ClaimError)
        /// The verifier's keys belong to another issuer than the expected one: a mistake of the caller.
        case keysOfAnotherIssuer
        /// No keys are available to verify it with; ``KeyError`` if the source is ``RemoteJWKSet``.
        case keysUnavailable(any Error)
        /// The key in the header of a DPoP proof is not a public key that may verify signatures.
        case proofKey(JWKRefusalReason)
        /// The DPoP proof is valid, but its key is not the one that the token or the code is bound to.
        case anotherKey
    }

    /// The kind of token.
    public let kind: Kind
    /// What was wrong.
    public let reason: Reason

    /// Creates an error about a token of that kind.
    public init(_ kind: Kind, reason: Reason) {
        self.kind = kind
        self.reason = reason
    }

    /// The reason as a word that is stable between releases.
    public var code: String {
        switch reason {
        case .jws(let error): error.code
        case .claim(let error): error.code
        case .keysOfAnotherIssuer: "keys_of_another_issuer"
        case .keysUnavailable: "keys_unavailable"
        case .proofKey: "proof_key"
        case .anotherKey: "another_key"
        }
    }

    /// The reason as text.
    public var description: String {
        switch reason {
        case .jws(let error): "\(kind.name) refused: \(error)"
        case .claim(let error): "\(kind.name) refused: \(error)"
        case .keysOfAnotherIssuer:
            "\(kind.name) not verified: the verifier has the keys of another issuer than the one that is expected"
        case .keysUnavailable(let error as KeyError): "\(kind.name) not verified: \(error)"
        case .keysUnavailable: "\(kind.name) not verified: its issuer's keys are not available"
        case .proofKey(let reason): "\(kind.name) refused: the key in its header is not taken: \(reason)"
        case .anotherKey: "\(kind.name) refused: it was made with another key than the token is bound to"
        }
    }
}

extension TokenValidationError.Kind {
    fileprivate var name: String {
        switch self {
        case .idToken: "ID token"
        case .accessToken: "access token"
        case .logoutToken: "logout token"
        case .userInfo: "signed UserInfo"
        case .jarmResponse: "authorization response"
        case .clientAssertion: "client assertion"
        case .dpopProof: "proof of possession"
        }
    }

    /// The result of `body`. Its error becomes one about a token of this kind: here, and nowhere else.
    @inline(__always)
    func validating<Value, Failure: TokenReasonError>(
        _ body: () throws(Failure) -> Value
    ) throws(TokenValidationError) -> Value {
        do { return try body() } catch { throw TokenValidationError(self, reason: error.validationReason) }
    }
}

/// An error that says why a token is refused, without its kind.
protocol TokenReasonError: Error {
    var validationReason: TokenValidationError.Reason { get }
}

extension JWSError: TokenReasonError {
    var validationReason: TokenValidationError.Reason { .jws(self) }
}

extension ClaimError: TokenReasonError {
    var validationReason: TokenValidationError.Reason { .claim(self) }
}

extension JWKError: TokenReasonError {
    var validationReason: TokenValidationError.Reason { .proofKey(reason) }
}
