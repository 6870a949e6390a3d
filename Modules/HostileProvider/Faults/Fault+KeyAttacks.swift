import JOSE
import OAuthTypes
import WireFormats

// Keys and signatures that no honest provider has.
extension HostileProvider.Fault {
    static let keyAttacks: [HostileProvider.Fault] = [
        signedByStranger, signatureOfAnotherToken, keyInHeader, keyIDUnknown, publicKeyAsSecret, clientSecretAsKey,
        criticalExtension, compressedIDToken, algorithmNull, noKeys, privateKeyPublished, keyForEncryption,
        secretPublished, decoyKeys,
    ]

    /// The provider signs the ID token with a key that it does not publish.
    public static let signedByStranger = HostileProvider.Fault(
        "signedByStranger", .refuse,
        summary: "signs the ID token with a key that it does not publish",
        recipe: .idToken { $0.signature = .stranger })

    /// The provider sends the ID token with the signature of another one.
    public static let signatureOfAnotherToken = HostileProvider.Fault(
        "signatureOfAnotherToken", .refuse,
        summary: "sends the ID token with the signature of another one",
        recipe: .idToken { $0.signature = .ofAnotherToken })

    /// The provider signs with a foreign key and sends it in the header of the ID token.
    public static let keyInHeader = HostileProvider.Fault(
        "keyInHeader", .refuse,
        summary: "signs with a foreign key and sends it in the header of the ID token",
        recipe: Recipe(idToken: { token, scene in
            token.header["jwk"] = .object(scene.keys.stranger.publicJWK)
            token.header["jku"] = "https://elsewhere.example/jwks"
            token.signature = .stranger
        }))

    /// The provider names a key that it does not have in the ID token.
    public static let keyIDUnknown = HostileProvider.Fault(
        "keyIDUnknown", .refuse,
        summary: "names a key that it does not have in the ID token",
        recipe: .idToken { $0.header["kid"] = "unknown" })

    /// The provider puts the ID token under a MAC whose secret is its public key.
    public static let publicKeyAsSecret = HostileProvider.Fault(
        "publicKeyAsSecret", .refuse,
        summary: "puts the ID token under a MAC whose secret is its public key",
        recipe: Recipe(idToken: { token, scene in
            token.signature = .mac(JSONWriter.bytes(scene.keys.own.publicJWK))
        }))

    /// The provider puts the ID token under a MAC with the client secret, although it lists RS256.
    public static let clientSecretAsKey = HostileProvider.Fault(
        "clientSecretAsKey", .refuse,
        summary: "puts the ID token under a MAC with the client secret, although it lists RS256",
        recipe: Recipe(idToken: { token, scene in
            // HMAC fills its key up with zeros: one more changes nothing, and stands in for a secret that is empty.
            token.signature = .mac(Array((scene.secrets.first?.exposedText ?? "").utf8) + [0])
        }))

    /// The provider marks an unknown extension of the ID token as critical.
    public static let criticalExtension = HostileProvider.Fault(
        "criticalExtension", .refuse,
        summary: "marks an unknown extension of the ID token as critical",
        recipe: .idToken { $0.header["crit"] = ["exp"] })

    /// The provider says that the ID token is compressed.
    public static let compressedIDToken = HostileProvider.Fault(
        "compressedIDToken", .refuse,
        summary: "says that the ID token is compressed",
        recipe: .idToken { $0.header["zip"] = "DEF" })

    /// The provider writes no algorithm into the header of the ID token.
    public static let algorithmNull = HostileProvider.Fault(
        "algorithmNull", .refuse,
        summary: "writes no algorithm into the header of the ID token",
        recipe: .idToken { $0.header["alg"] = .null })

    /// The provider publishes no keys.
    public static let noKeys = HostileProvider.Fault(
        "noKeys", .refuse,
        summary: "publishes no keys",
        recipe: Recipe(keys: { keys, _ in keys = [] }))

    /// The provider publishes a private part of its key.
    public static let privateKeyPublished = HostileProvider.Fault(
        "privateKeyPublished", .refuse,
        summary: "publishes a private part of its key",
        recipe: Recipe(keys: { keys, _ in keys = keys.map { $0.with("d", "AQAB") } }))

    /// The provider publishes its key for encryption only.
    public static let keyForEncryption = HostileProvider.Fault(
        "keyForEncryption", .refuse,
        summary: "publishes its key for encryption only",
        recipe: Recipe(keys: { keys, _ in keys = keys.map { $0.with("use", "enc") } }))

    /// The provider publishes a secret as key, and puts the ID token under a MAC with it.
    public static let secretPublished = HostileProvider.Fault(
        "secretPublished", .refuse,
        summary: "publishes a secret as key, and puts the ID token under a MAC with it",
        recipe: Recipe(
            keys: { keys, _ in
                keys = [["kty": "oct", "k": .string(Base64URL.encode(Array(repeating: 7, count: 32)))]]
            }, idToken: { token, _ in token.signature = .mac(Array(repeating: 7, count: 32)) }))

    /// The provider publishes foreign keys under the ID of its own.
    public static let decoyKeys = HostileProvider.Fault(
        "decoyKeys", .accept,
        summary: "publishes foreign keys under the ID of its own",
        recipe: Recipe(keys: { keys, scene in
            let id = keys.first?["kid"] ?? ""
            keys = [scene.keys.stranger, scene.keys.curve].map { $0.publicJWK.with("kid", id) } + keys
        }))
}
