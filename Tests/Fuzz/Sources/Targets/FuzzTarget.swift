import JOSE
import OAuthTypes
import WireFormats

/// Each target takes any octets and stops the program when something holds that must not.
enum Targets {
    static func octets(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// Strict JSON: what is read and written again is read as the same value.
    static func json(_ octets: [UInt8]) -> CInt {
        guard let value = JSONValue(parsing: octets) else { return 0 }
        precondition(JSONValue(parsing: Array(value.text().utf8)) == value, "a value changes when written and read")
        return 0
    }

    /// A key set of anybody.
    static func keySet(_ octets: [UInt8]) -> CInt {
        guard let keys = try? KeySet(jwks: octets) else { return 0 }
        precondition(keys.count + keys.refusals.count <= 1_000, "more keys than the limit")
        return 0
    }

    /// A key file of anybody, in PEM and in DER: an error, or a key that a set takes as it is shown.
    static func publicKey(_ octets: [UInt8]) -> CInt {
        for algorithm in [PublicKeyAlgorithm.rs256, .es256, .edDSA] {
            let read = [
                try? PublicKey(pem: octets, algorithm: algorithm, keyID: nil),
                try? PublicKey(der: octets, algorithm: algorithm, keyID: nil),
            ]
            for key in read.compactMap({ $0 }) {
                let set = try? KeySet(jwks: ["keys": .array([.object(key.jwk)])])
                precondition(set?.count == 1, "a key is shown otherwise than sets take it")
            }
        }
        return 0
    }

    /// The text of a token under published keys: segments, base64url, header, key, signature. Nobody signs here, so
    /// that nothing may be accepted.
    static func token(_ octets: [UInt8]) -> CInt {
        let token = RawIDToken(String(decoding: octets, as: UTF8.self))
        let accepted = try? Fixed.byKeys?.verify(token, expecting: Fixed.expectations, at: Fixed.now)
        precondition(accepted == nil, "a token that nobody signed is accepted")
        return 0
    }

    /// The claims of a token, signed as they are: behind a good signature anything can stand.
    static func claims(_ octets: [UInt8]) -> CInt {
        guard let claims = JSONValue(parsing: octets)?.objectValue,
            let signed = try? Fixed.signer?.signed(type: "JWT", claims: claims)
        else { return 0 }
        let raw = RawIDToken(signed.exposedText)
        guard let user = try? Fixed.bySecret?.verify(raw, expecting: Fixed.expectations, at: Fixed.now) else {
            return 0
        }
        precondition(claims["nonce"]?.stringValue == "n-0S6_WzA2Mj", "accepted without its nonce")
        precondition(user.claims == claims && user.audience.contains("client-123"), "other claims than were signed")
        return 0
    }
}

/// What the targets verify with.
enum Fixed {
    static let now = UnixTime(seconds: 1_760_000_000)
    static let issuer = made { try Issuer("https://issuer.example") }
    static let expectations = made {
        IDTokenExpectations(
            issuer: issuer, clientID: try ClientID("client-123"), nonce: "n-0S6_WzA2Mj", maxAge: nil,
            acceptedACRs: [], accessToken: AccessToken("a"), code: AuthorizationCode("c"))
    }
    static let byKeys: IDTokenVerifier<StaticKeys>? = made {
        let set = SigningKey.keySet([try .generate(.rs256), try .generate(.es256), try .generate(.edDSA)])
        let algorithms = PublicKeyAlgorithms(PublicKeyAlgorithm.allCases)
        return IDTokenVerifier(keys: StaticKeys(try KeySet(jwks: set), of: issuer), algorithms: algorithms)
    }
    private static let secret = ClientSecret("0123456789abcdef0123456789abcdef")
    static let signer: ClientSecretSigner? = made { try ClientSecretSigner(secret: secret, algorithm: .hs256) }
    static let bySecret: ClientSecretIDTokenVerifier? = made {
        try ClientSecretIDTokenVerifier(secret: secret, algorithm: .hs256, issuer: issuer)
    }

    private static func made<Value>(_ make: () throws -> Value) -> Value {
        do { return try make() } catch { fatalError("the fuzz targets have nothing to verify with: \(error)") }
    }
}
