import CFloor
public import JOSE
import OAuthTypes

extension Corpus {
    /// Verifies these tokens; how many were accepted. The measured closure of every whole verification.
    public func accepted(by verifier: IDTokenVerifier<LocalJWKSet>, _ batch: Range<Int>) -> Int {
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

    /// Fails unless the verifier accepts all tokens and refuses the first one with each of 20 changed signatures.
    public func proveThatChangedSignaturesAreRefused(
        by verifier: IDTokenVerifier<LocalJWKSet>, _ name: String
    ) throws {
        guard accepted(by: verifier, 0..<tokens.count) == tokens.count else { throw WrongAnswer(subject: name) }
        for place in 2..<22 {
            let changed = withChangedSignature(place: place)
            if (try? verifier.verify(changed, expecting: expectations[0], at: now)) != nil {
                throw WrongAnswer(subject: name)
            }
        }
    }

    /// The first token with another character at this place before its end.
    func withChangedSignature(place: Int) -> RawIDToken {
        var text = Array(tokens[0].exposedText.utf8)
        let changed = text.count - place
        text[changed] = text[changed] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        return RawIDToken(String(decoding: text, as: UTF8.self))
    }
}
