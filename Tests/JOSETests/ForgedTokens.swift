import CryptoPrimitives
import OAuthTypes
import TestSupport
import WireFormats

/// Tokens whose signature is good and whose header and payload are whatever chance makes of an issuer's: names in and
/// out of order, escaped, repeated, longer than a name is held, hundreds of them, and headers of other kinds of tokens.
///
/// The shape changes seldom, so that most tokens have that of the one before.
struct ForgedTokens {
    typealias Signer = (_ header: String, _ input: [UInt8]) throws -> [UInt8]

    /// What claims are read by, escapes resolved.
    static let names = [
        "iss", "sub", "aud", "exp", "iat", "nonce", "jti", "azp", "", "fifteen_letters", "sixteen_letters_",
        "sixteen_letters!", "é",
    ]
    private static let spellings = names + ["\\u0069ss", "s\\u0075b", "\\u00e9", "fifteen_lette\\u0072s", "\\u0000"]
    private static let values = [
        "1", "-0", "true", "null", #""x""#, #""\n\u00e9""#, "[]", "[1,{}]", #"{"iss":1}"#, #"{"a":1,"a":2}"#, "nul", "",
    ]

    let headers: [String]
    let claims: [String: String]
    var sign: Signer
    private var shape: [String] = []
    private var header = ""
    private var gap = ""

    init(headers: [String], claims: [String: String], sign: @escaping Signer) {
        self.headers = headers
        self.claims = claims
        self.sign = sign
    }

    mutating func next(using random: inout SeededRandom) throws -> [UInt8] {
        if shape.isEmpty || Int.random(in: 0..<5, using: &random) == 0 { reshape(using: &random) }
        if header.isEmpty || Int.random(in: 0..<8, using: &random) == 0 {
            header = headers[max(0, .random(in: -headers.count..<headers.count, using: &random))]
        }
        let input = [header, payload(using: &random)].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
        let signature = try sign(header, Array(input.utf8))
        return Array("\(input).\(Base64URL.encode(signature))".utf8)
    }

    private mutating func reshape(using random: inout SeededRandom) {
        shape = claims.keys.sorted()
        if Bool.random(using: &random) { shape.shuffle(using: &random) }
        for _ in 0..<max(0, Int.random(in: -3...5, using: &random)) {
            let spelling = Self.spellings[.random(in: 0..<Self.spellings.count, using: &random)]
            shape.insert(spelling, at: .random(in: 0...shape.count, using: &random))
        }
        if Int.random(in: 0..<6, using: &random) == 0 { shape.removeLast() }
        if Int.random(in: 0..<40, using: &random) == 0 {
            shape = (0..<Int.random(in: 250...260, using: &random)).map { "m\($0)" } + shape
        }
        gap = Int.random(in: 0..<6, using: &random) == 0 ? " " : ""
    }

    private func payload(using random: inout SeededRandom) -> String {
        let members = shape.map { "\"\($0)\"\(gap):\(value(of: $0, using: &random))" }
        return "{\(members.joined(separator: ",\(gap)"))}"
    }

    private func value(of name: String, using random: inout SeededRandom) -> String {
        if Int.random(in: 0..<100, using: &random) == 0 {
            return Self.values[.random(in: 0..<Self.values.count, using: &random)]
        }
        if name == "sub" { return "\"user-\(Int.random(in: 0...10_000, using: &random))\"" }
        return claims[name] ?? Self.values[.random(in: 0..<8, using: &random)]
    }
}
