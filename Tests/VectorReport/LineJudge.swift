import JOSE
import OAuthTypes
import WireFormats

/// Answers Tests/Differential: a line of JSON in, a line of two digits out.
///
/// The first line holds `issuer`, `client`, `nonce` and `now`, and `keys`, an object of key sets by name. Each further
/// line holds a `token`, the name of its `keys` and its `alg`. The first digit says whether form and signature are
/// accepted, whatever the payload; the second whether it is accepted as the ID token of a login and departs in nothing:
/// what is read all the same is listed, and other libraries need not take it. 1 is yes.
struct LineJudge {
    private let issuer: Issuer
    private let client: ClientID
    private let nonce: String
    private let now: UnixTime
    private let keys: [String: JWKSet]
    private let verifier = JWSVerifier()

    static func run() throws {
        guard let first = readLine() else { return }
        let judge = try LineJudge(try JSONReader.object(Array(first.utf8)))
        while let line = readLine() {
            let question = try JSONReader.object(Array(line.utf8), limits: JSONLimits(octets: 1 << 20))
            print(judge.answer(question))
        }
    }

    private init(_ settings: JSONObject) throws {
        issuer = try Issuer(settings["issuer"]?.stringValue ?? "")
        client = try ClientID(settings["client"]?.stringValue ?? "")
        nonce = settings["nonce"]?.stringValue ?? ""
        now = UnixTime(seconds: Int64(settings["now"]?.intValue ?? 0))
        let sets = settings["keys"]?.objectValue?.members ?? []
        keys = try Dictionary(sets.map { ($0.name, try JWKSet(jwks: $0.value.objectValue ?? [:])) }) { first, _ in first
        }
    }

    private func answer(_ question: JSONObject) -> String {
        let token = question["token"]?.stringValue ?? ""
        let keys = keys[question["keys"]?.stringValue ?? ""] ?? .empty
        let name = question["alg"]?.stringValue.flatMap(JWSAlgorithm.init(rawValue:))
        let algorithms = SignatureAlgorithms(name.flatMap(SignatureAlgorithm.init).map { [$0] } ?? [])
        return (isWellSigned(token, keys: keys, algorithms: algorithms) ? "1" : "0")
            + (isIDToken(token, keys: keys, algorithms: algorithms) ? "1" : "0")
    }

    private func isWellSigned(_ token: String, keys: JWKSet, algorithms: SignatureAlgorithms) -> Bool {
        let octets = Array(token.utf8)
        return (try? verifier.verify(octets.span, by: PublicKeyCheck(keys, algorithms: algorithms))) != nil
    }

    private func isIDToken(_ token: String, keys: JWKSet, algorithms: SignatureAlgorithms) -> Bool {
        var expectations = IDTokenExpectations(
            issuer: issuer, clientID: client, nonce: nonce, maxAge: nil, acceptedACRs: [], accessToken: nil, code: nil)
        expectations.leeway = 0
        let verifier = IDTokenVerifier(keys: LocalJWKSet(keys, of: issuer), algorithms: algorithms)
        return (try? verifier.verify(RawIDToken(token), expecting: expectations, at: now))?.deviations.isEmpty == true
    }
}
