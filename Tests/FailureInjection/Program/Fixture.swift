import CryptoPrimitives
import JOSE
import OAuthTypes
import WireFormats

/// The keys and tokens of the operations, made in a process of their own so that the process in which allocations fail
/// starts fresh.
struct Fixture {
    struct Signed {
        let keySet: JSONObject
        let token: [UInt8]
        let tampered: [UInt8]
    }

    static let claims: JSONObject = ["iss": "https://issuer.example", "sub": "user-1"]
    static let secret = ClientSecret("0123456789abcdef0123456789abcdef")
    static let algorithms: [SignatureAlgorithm] = [.rs256, .ps256, .es256, .edDSA]
    private let object: JSONObject

    init(_ text: String) throws {
        object = try JSONReader.object(Array(text.utf8))
    }

    /// As one line of text.
    static func make() throws -> String {
        var object: JSONObject = [:]
        for algorithm in algorithms {
            let key = try SigningKey.generate(algorithm)
            object[algorithm.description] = [
                "set": .object(SigningKey.jwkSet([key])),
                "pem": .string(String(decoding: try key.pem(), as: UTF8.self)),
                "token": .string(try key.signed(type: "JWT", claims: claims).exposedText),
            ]
        }
        let signer = try ClientSecretSigner(secret: secret, algorithm: .hs256)
        object["HS256"] = ["token": .string(try signer.signed(type: "JWT", claims: claims).exposedText)]
        return String(decoding: JSONWriter.bytes(object), as: UTF8.self)
    }

    func signed(_ name: String) -> Signed {
        let entry = object[name]?.objectValue ?? [:]
        let token = Array((entry["token"]?.stringValue ?? "").utf8)
        // The payload changes but stays valid base64url.
        var tampered = token
        if let dot = token.firstIndex(of: UInt8(ascii: ".")) { tampered.swapAt(dot + 3, dot + 9) }
        return Signed(keySet: entry["set"]?.objectValue ?? [:], token: token, tampered: tampered)
    }

    func pem(_ name: String) -> [UInt8] {
        Array((object[name]?.objectValue?["pem"]?.stringValue ?? "").utf8)
    }
}
