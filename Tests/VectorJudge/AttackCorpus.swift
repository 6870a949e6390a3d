package import JOSE
import OAuthTypes
import TestSupport
package import WireFormats

/// Our own corpus of forged and malformed tokens and key sets, Tests/Vectors/attacks.
package struct AttackCorpus: Sendable {
    package enum Expected: String, Sendable { case accept, reject, either }

    package enum Profile: String, Sendable { case idToken = "idtoken", logoutToken = "logout" }

    package struct Case: Sendable, CustomStringConvertible {
        package let id: String
        package let profile: Profile
        package let category: String
        package let why: String
        package let expected: Expected
        let token: String
        let keySet: String
        let algorithms: [String]
        let maxAge: Int64?
        let accessToken: AccessToken?

        package var description: String { id }
    }

    package let cases: [Case]
    package let clientID: String
    private let issuer: String
    private let nonce: String
    private let now: UnixTime
    private let keySets: [String: [UInt8]]

    package init() throws {
        self.init(try VectorDocument.own("attacks/jwt_attacks.json"))
    }

    /// Takes a corpus as Tests/Vectors/attacks/generate.py writes it.
    package init(_ document: JSONObject) {
        cases = (document["cases"]?.arrayValue ?? []).compactMap { $0.objectValue.flatMap(Case.init) }
        clientID = document["client_id"]?.stringValue ?? ""
        issuer = document["issuer"]?.stringValue ?? ""
        nonce = document["nonce"]?.stringValue ?? ""
        now = UnixTime(seconds: Int64(document["now"]?.intValue ?? 0))
        let sets = document["jwksets"]?.objectValue?.members ?? []
        keySets = Dictionary(sets.map { ($0.name, Array(($0.value.stringValue ?? "").utf8)) }) { first, _ in first }
    }

    /// The corpus, or one without cases where it cannot be read: the tests count them.
    package static let shared = (try? AttackCorpus()) ?? AttackCorpus([:])

    /// Why the verifier of its profile, or of another, refuses a case; nil when it accepts.
    package func refusal(
        of attack: Case, as profile: Profile? = nil, from origin: TokenOrigin = .outside
    ) -> (any Error)? {
        do {
            switch profile ?? attack.profile {
            case .idToken: try verifyAsIDToken(attack, from: origin)
            case .logoutToken: try verifyAsLogoutToken(attack)
            }
            return nil
        } catch {
            return error
        }
    }

    private func verifyAsIDToken(_ attack: Case, from origin: TokenOrigin) throws {
        var expectations = IDTokenExpectations(
            issuer: try Issuer(issuer), clientID: try ClientID(clientID), nonce: nonce,
            maxAge: attack.maxAge.map(Duration.seconds),
            acceptedACRs: [], accessToken: attack.accessToken, code: nil)
        expectations.leeway = 0
        let verifier = IDTokenVerifier(keys: try keys(of: attack), algorithms: policy(of: attack))
        _ = try verifier.verify(RawIDToken(attack.token), expecting: expectations, from: origin, at: now)
    }

    private func verifyAsLogoutToken(_ attack: Case) throws {
        let verifier = LogoutTokenVerifier(
            keys: try keys(of: attack), algorithms: policy(of: attack), clientID: try ClientID(clientID), leeway: 0)
        _ = try verifier.verify(RawLogoutToken(attack.token), at: now)
    }

    package func verifyAsAccessToken(
        _ attack: Case, profile: AccessTokenProfile, audience: String
    ) throws(TokenValidationError) {
        guard let keys = try? keys(of: attack) else {
            throw TokenValidationError(.accessToken, reason: .jws(.unknownKey(.none)))
        }
        let verifier = AccessTokenVerifier(
            keys: keys, algorithms: policy(of: attack), audience: audience, profile: profile, leeway: 0)
        _ = try verifier.verify(AccessToken(attack.token), at: now)
    }

    private func keys(of attack: Case) throws -> LocalJWKSet {
        LocalJWKSet(try JWKSet(jwks: keySets[attack.keySet] ?? []), of: try Issuer(issuer))
    }

    /// HMAC cannot be among them: the type has no room for it.
    private func policy(of attack: Case) -> SignatureAlgorithms {
        SignatureAlgorithms(
            attack.algorithms.compactMap { JWSAlgorithm(rawValue: $0).flatMap(SignatureAlgorithm.init) })
    }
}

extension AttackCorpus.Case {
    fileprivate init?(_ json: JSONObject) {
        guard let id = json["id"]?.stringValue, let token = json["token"]?.stringValue,
            let expected = json["expect"]?.stringValue.flatMap(AttackCorpus.Expected.init),
            let profile = json["profile"]?.stringValue.flatMap(AttackCorpus.Profile.init),
            let keySet = json["jwks"]?.stringValue
        else { return nil }
        let parameters = json["params"]?.objectValue ?? [:]
        self.init(
            id: id, profile: profile, category: json["category"]?.stringValue ?? "",
            why: json["why"]?.stringValue ?? "", expected: expected, token: token, keySet: keySet,
            algorithms: json["algs"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            maxAge: parameters["max_age"]?.intValue.map(Int64.init),
            accessToken: parameters["access_token"]?.stringValue.map(AccessToken.init))
    }
}
