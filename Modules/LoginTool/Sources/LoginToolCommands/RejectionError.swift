import JOSE

/// Why a token is rejected: a code that stays the same between releases, and a text. The text shows no more of the token
/// than its parties, algorithm and type, cleaned and shortened.
struct RejectionError: Error, CustomStringConvertible {
    let code: String
    let words: String

    init(_ code: String, words: String) {
        self.code = code
        self.words = words
    }

    init(_ error: TokenValidationError) { self.init(error.code, words: "\(error)") }
    init(_ error: KeyError) { self.init(error.code, words: "\(error)") }

    /// Code and text, in one line.
    var description: String { "\(code): \(words)" }
}
