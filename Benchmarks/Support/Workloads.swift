import CFloor
import JOSE
import OAuthTypes

/// What allocations and instructions are counted of: verifications of each kind, a refusal, a key set.
public enum Workloads {
    /// All of them, over `count` tokens each.
    public static func all(count: Int) throws -> [Subject] {
        let corpus = try Corpus(count: count)
        let text = KeySetText.ofTwo(corpus)
        return [
            try idTokens("id-token", corpus),
            try idTokens("id-token-chain", corpus, KeyRules(engine: .montgomeryChain)),
            try idTokens("id-token-ps256", Corpus(.ps256, count: count, keysOf: corpus)),
            try idTokens("id-token-es256", Corpus(.es256, count: count)),
            try idTokens("id-token-eddsa", Corpus(.edDSA, count: count)),
            try accessTokens("access-token", corpus),
            try refusals("refused-unknown-key", corpus),
            Subject("key-set-of-two") {
                $0.reduce(0) { sum, _ in sum + ((try? KeySet(jwks: text).count) == 2 ? 1 : 0) }
            },
        ]
    }

    private static func idTokens(_ name: String, _ corpus: Corpus, _ rules: KeyRules = KeyRules()) throws -> Subject {
        let verifier = try corpus.verifier(rules)
        try corpus.proveThatChangedSignaturesAreRefused(by: verifier, name)
        return Subject(name) { corpus.accepted(by: verifier, $0) }
    }

    private static func accessTokens(_ name: String, _ corpus: Corpus) throws -> Subject {
        let accessTokens = try AccessTokenCorpus(corpus)
        let verifier = try accessTokens.verifier()
        return Subject(name) { accessTokens.accepted(by: verifier, $0) }
    }

    private static func refusals(_ name: String, _ corpus: Corpus) throws -> Subject {
        let verifier = try corpus.verifier()
        guard let unknown = RefusedTokens(corpus).byReason.first(where: { $0.reason == "unknown key" }) else {
            throw WrongAnswer(subject: name)
        }
        return Subject(name) { batch in
            batch.reduce(0) { refused, index in
                let expectations = corpus.expectations[index]
                let accepted = try? verifier.verify(unknown.tokens[index], expecting: expectations, at: corpus.now)
                return refused + (accepted == nil ? 1 : 0)
            }
        }
    }
}
