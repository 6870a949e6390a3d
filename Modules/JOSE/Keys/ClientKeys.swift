public import OAuthTypes
public import WireFormats

/// The keys of a client: one signs client assertions and request objects, and a provider reads the public halves of all at
/// the client's `jwks_uri` (RFC 7591 §2).
///
///     var keys = try ClientKeys(reading: file)
///     keys.announce(nextKey)
///
/// To change the key, announce the next one, wait until providers have fetched the set again, and then let it sign while the old
/// one is still announced (OpenID Connect Core §10.1.1).
public struct ClientKeys: Sendable {
    /// Signs.
    public let signer: any CompactSigner
    /// The public halves, that of ``signer`` first.
    public private(set) var publicJWKs: [JSONObject]

    private static let mostKeys = 16

    /// Creates the keys of a client that signs with `key`.
    public init(_ key: SigningKey) {
        signer = key
        publicJWKs = [key.publicJWK]
    }

    /// Creates the keys of a client whose key service signs.
    /// - Parameters:
    ///   - signer: signs; the key never enters this process.
    ///   - publicJWK: its public half with `kid`, `use` and `alg`, for the published set.
    /// - Throws: ``KeyError/privateKey`` if it holds private members.
    public init(signer: any CompactSigner, publicJWK: JSONObject) throws(KeyError) {
        guard ["d", "p", "q", "dp", "dq", "qi", "k", "oth"].allSatisfy({ publicJWK[$0] == nil }) else {
            throw .privateKey
        }
        self.signer = signer
        publicJWKs = [publicJWK]
    }

    /// Reads private keys from a file's octets: PEM text with one key, a JWK, or a JWK set. The first key of a set signs, the
    /// others are announced.
    /// - Throws: ``KeyError``.
    public init(reading octets: [UInt8]) throws(KeyError) {
        guard octets.first(where: { !ClientKeys.isSpace($0) }) == UInt8(ascii: "{") else {
            self.init(try SigningKey(pem: octets))
            return
        }
        guard let object = try? JSONReader.object(octets) else { throw .malformedKeySet }
        let keys = try ClientKeys.keys(in: object)
        self.init(keys[0])
        for key in keys.dropFirst() { announce(key) }
    }

    /// Publishes `key` too: one that will sign later, or did until now. One with the name of ``signer`` changes nothing.
    public mutating func announce(_ key: SigningKey) {
        guard publicJWKs.first?["kid"] != key.publicJWK["kid"] else { return }
        publicJWKs.removeAll { $0["kid"] == key.publicJWK["kid"] }
        publicJWKs.append(key.publicJWK)
    }

    /// The set to serve at the client's `jwks_uri`, without anything private.
    public var jwkSet: JSONObject { ["keys": .array(publicJWKs.map { .object($0) })] }

    private static func keys(in object: JSONObject) throws(KeyError) -> [SigningKey] {
        guard let elements = object["keys"]?.arrayValue else { return [try SigningKey(jwk: object)] }
        guard elements.count <= mostKeys else { throw .tooManyKeys(limit: mostKeys) }
        var keys: [SigningKey] = []
        for element in elements {
            guard let jwk = element.objectValue else { throw .malformedKeySet }
            keys.append(try SigningKey(jwk: jwk))
        }
        guard !keys.isEmpty else { throw .missingKeys }
        return keys
    }

    private static func isSpace(_ octet: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(octet) }
}
