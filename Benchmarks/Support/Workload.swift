import JOSE
import OAuthTypes

/// The operations that are counted and benchmarked: verifications of each kind, a refusal, key sets.
public enum Workload: String, CaseIterable, Sendable {
    /// ID tokens under RS256, by the default engine.
    case idToken = "id-token"
    /// The same by the Montgomery chain.
    case idTokenChain = "id-token-chain"
    /// ID tokens under PS256.
    case idTokenPS256 = "id-token-ps256"
    /// ID tokens under ES256.
    case idTokenES256 = "id-token-es256"
    /// ID tokens under EdDSA.
    case idTokenEdDSA = "id-token-eddsa"
    /// Access tokens under RS256.
    case accessToken = "access-token"
    /// Tokens of an unknown key: parsing and the header, no signature.
    case refusedUnknownKey = "refused-unknown-key"
    /// Reading a set of two keys.
    case keySetOfTwo = "key-set-of-two"
    /// Reading the set and verifying one ID token by it: the cost of the first login after a start.
    case coldIDToken = "id-token-cold"

    /// The work on the tokens of a corpus under RS256, or on the same number of others.
    public func subject(_ corpus: Corpus) throws -> Subject {
        let count = corpus.tokens.count
        return switch self {
        case .idToken: try idTokens(corpus)
        case .idTokenChain: try idTokens(corpus, policy: JWKPolicy(engine: .montgomeryChain))
        case .idTokenPS256: try idTokens(Corpus(.ps256, count: count, keysOf: corpus))
        case .idTokenES256: try idTokens(Corpus(.es256, count: count))
        case .idTokenEdDSA: try idTokens(Corpus(.edDSA, count: count))
        case .accessToken: try accessTokens(corpus)
        case .refusedUnknownKey: try refusals(corpus)
        case .keySetOfTwo: keySets(corpus)
        case .coldIDToken: coldIDTokens(corpus)
        }
    }

    private func idTokens(_ corpus: Corpus, policy: JWKPolicy = JWKPolicy()) throws -> Subject {
        let verifier = try corpus.verifier(policy)
        try corpus.proveThatChangedSignaturesAreRefused(by: verifier, subject: rawValue)
        return Subject(rawValue) { corpus.accepted(by: verifier, in: $0) }
    }

    private func accessTokens(_ corpus: Corpus) throws -> Subject {
        let accessTokens = try AccessTokenCorpus(corpus)
        let verifier = try accessTokens.verifier()
        return Subject(rawValue) { accessTokens.accepted(by: verifier, in: $0) }
    }

    private func refusals(_ corpus: Corpus) throws -> Subject {
        let verifier = try corpus.verifier()
        guard let unknown = RefusedTokens(corpus).byReason.first(where: { $0.reason == "unknown key" }) else {
            throw WrongAnswerError(subject: rawValue)
        }
        return Subject(rawValue) { batch in
            batch.reduce(0) { refused, index in
                let expectations = corpus.expectations[index]
                let accepted = try? verifier.verify(unknown.tokens[index], expecting: expectations, at: corpus.now)
                return refused + (accepted == nil ? 1 : 0)
            }
        }
    }

    private func keySets(_ corpus: Corpus) -> Subject {
        let text = KeySetText.ofTwo(corpus)
        return Subject(rawValue) { batch in
            batch.reduce(0) { read, _ in read + ((try? JWKSet(jwks: text).count) == 2 ? 1 : 0) }
        }
    }

    private func coldIDTokens(_ corpus: Corpus) -> Subject {
        let text = KeySetText.ofTwo(corpus)
        return Subject(rawValue) { batch in
            batch.reduce(0) { accepted, index in
                guard let keys = try? JWKSet(jwks: text) else { return accepted }
                return accepted + corpus.accepted(by: corpus.verifier(of: keys), in: index..<(index + 1))
            }
        }
    }
}
