import JOSE

/// Why a token is not taken: a code that stays the same between releases, and words. Of the token no
/// more than its parties, algorithm and type, cleaned and cut.
struct Refusal: Error, CustomStringConvertible {
    let code: String
    let words: String

    init(_ code: String, _ words: String) {
        self.code = code
        self.words = words
    }

    init(_ error: TokenValidationError) { self.init(error.code, "\(error)") }
    init(_ error: JWKSetError) { self.init(error.code, "\(error)") }

    /// One line.
    var description: String { "\(code): \(words)" }
}
