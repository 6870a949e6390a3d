public import OAuthTypes
import WireFormats

/// Tokens that are refused before any signature is checked, by reason.
public struct RefusedTokens: Sendable {
    /// Each reason, with as many tokens as the corpus has.
    public let byReason: [(reason: String, tokens: [RawIDToken])]

    /// Changes the tokens of `corpus`.
    public init(_ corpus: Corpus) {
        byReason = Self.changes.map { reason, change in
            (reason, corpus.tokens.map { RawIDToken(change(Parts($0.exposedText)).text) })
        }
    }

    struct Parts {
        var segments: [String]

        init(_ token: String) { segments = token.split(separator: ".").map(String.init) }

        var text: String { segments.joined(separator: ".") }

        func header(_ json: String) -> Parts {
            var copy = self
            copy.segments[0] = Base64URLText.encode(json.utf8)
            return copy
        }

        /// The token with a character that is not base64url in the middle of a segment, or at its end.
        func broken(_ segment: Int, atEnd: Bool = false) -> Parts {
            var copy = self
            var characters = Array(copy.segments[segment].utf8)
            characters[atEnd ? characters.count - 1 : characters.count / 2] = UInt8(ascii: "!")
            copy.segments[segment] = String(decoding: characters, as: UTF8.self)
            return copy
        }

        func without(_ segment: Int) -> Parts {
            var copy = self
            copy.segments.remove(at: segment)
            return copy
        }

        func shortSignature() -> Parts {
            var copy = self
            copy.segments[2].removeLast(4)
            return copy
        }
    }

    private static let kid = #""kid":"NkVGQjA4RUJCNzlCRjEx_""#
    private static let changes: [(String, @Sendable (Parts) -> Parts)] = [
        ("type of an access token", { $0.header(#"{"alg":"RS256",\#(kid),"typ":"at+jwt"}"#) }),
        ("algorithm none", { $0.header(#"{"alg":"none",\#(kid),"typ":"JWT"}"#) }),
        ("algorithm HS256", { $0.header(#"{"alg":"HS256",\#(kid),"typ":"JWT"}"#) }),
        ("algorithm that is not accepted", { $0.header(#"{"alg":"RS512",\#(kid),"typ":"JWT"}"#) }),
        ("unknown key", { $0.header(#"{"alg":"RS256","kid":"NkVGQjA4RUJCNzlCRjEy_","typ":"JWT"}"#) }),
        ("critical extension", { $0.header(#"{"alg":"RS256",\#(kid),"typ":"JWT","crit":["exp"],"exp":1}"#) }),
        ("header is no JSON", { $0.header(#"{"alg":"RS256",\#(kid),"typ":"JWT""#) }),
        ("header repeats a member", { $0.header(#"{"alg":"RS256",\#(kid),"typ":"JWT","alg":"RS256"}"#) }),
        ("header is no base64url", { $0.broken(0) }),
        ("payload is no base64url", { $0.broken(1) }),
        ("payload ends in no base64url", { $0.broken(1, atEnd: true) }),
        ("signature is no base64url", { $0.broken(2) }),
        ("signature ends in no base64url", { $0.broken(2, atEnd: true) }),
        ("signature is too short", { $0.shortSignature() }),
        ("two segments", { $0.without(2) }),
    ]
}
