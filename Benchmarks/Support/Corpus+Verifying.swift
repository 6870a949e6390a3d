import CFloor
public import JOSE
import OAuthTypes

extension Corpus {
    /// Verifies a batch of tokens and returns how many were accepted. This is the measured closure of every whole
    /// verification.
    public func accepted(by verifier: IDTokenVerifier<LocalJWKSet>, in batch: Range<Int>) -> Int {
        var accepted = 0
        for index in batch {
            guard let token = try? verifier.verify(tokens[index], expecting: expectations[index], at: now) else {
                continue
            }
            cfloor_consume(token.expiresAt.seconds)
            accepted += 1
        }
        return accepted
    }

    /// Throws unless the verifier accepts all tokens and refuses the first one with each of 20 changed signatures.
    public func proveThatChangedSignaturesAreRefused(
        by verifier: IDTokenVerifier<LocalJWKSet>, subject name: String
    ) throws {
        guard accepted(by: verifier, in: 0..<tokens.count) == tokens.count else {
            throw WrongAnswerError(subject: name)
        }
        for offset in 2..<22 {
            let changed = withChangedSignature(at: offset)
            if (try? verifier.verify(changed, expecting: expectations[0], at: now)) != nil {
                throw WrongAnswerError(subject: name)
            }
        }
    }

    /// The first token with another character at this distance from its end.
    func withChangedSignature(at offset: Int) -> RawIDToken {
        var text = Array(tokens[0].exposedText.utf8)
        let changed = text.count - offset
        text[changed] = text[changed] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        return RawIDToken(String(decoding: text, as: UTF8.self))
    }
}
