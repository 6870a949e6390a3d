import CryptoPrimitives
public import OAuthTypes
import WireFormats

/// Why there is no key: one of the integrator's own – a public or private key from a file, or a client secret – cannot be
/// used, or a provider's JWK set could not be fetched or is not one. Names the culprit and the fix; never contains a key or
/// what was read.
@nonexhaustive
public enum KeyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The input is longer than the limit, in octets.
    case tooLong(limit: Int)
    /// Not a public key in PEM or DER, or followed by more text.
    case malformedPublicKey
    /// Not an unencrypted private key in PEM or DER, or followed by more text.
    case malformedPrivateKey
    /// PEM text with more than one object, such as a chain of certificates.
    case severalObjects
    /// PEM text without a public key, or in an unsupported form.
    case unsupportedText
    /// A private key: a verifier must not be able to sign.
    case privateKey
    /// An encrypted key, or PEM text with header lines.
    case encrypted
    /// The public or private key has a type or curve that the algorithm cannot use, or that no supported algorithm
    /// can; or the algorithm has no keys of the requested strength.
    case wrongKind
    /// The RSA modulus has this many bits, outside ``JWKPolicy/rsaBits``.
    case rsaBits(Int, allowed: ClosedRange<Int>)
    /// The RSA modulus is even, or from a generator whose keys can be factored (CVE-2017-15361).
    case modulus
    /// The RSA public exponent is even, below 3, or 2^33 and above.
    case exponent
    /// The numbers are not a point of the curve, or a point of small order, for which anyone can sign.
    case point
    /// The private key is too weak or inconsistent.
    case unacceptablePrivateKey
    /// The client secret is too short to be the key of this algorithm (RFC 7518 §3.2); the required length in octets of
    /// UTF-8.
    case weakClientSecret(MACAlgorithm, requiredOctets: Int)
    /// A member of a private JWK is missing or malformed, or says what is not supported.
    case privateKeyMember(String)
    /// libcrypto failed.
    case cryptography
    /// Not strict JSON of at most 512 KiB.
    case malformedKeySet
    /// No `keys` array (RFC 7517 §5.1).
    case missingKeys
    /// More keys than the limit.
    case tooManyKeys(limit: Int)
    /// No response from the issuer.
    case transport(TransportError)
    /// The response redirected to another origin, or a second time. The target is untrusted text without its query, cut
    /// to 256 octets of printable ASCII.
    case redirected(to: String?)
    /// A status without a document.
    case status(Int)
    /// The response was HTML.
    case contentType
    /// The fetched set has no usable key; and what it has instead.
    case noUsableKey(LeftOutKeys)
    /// No matching keys are cached, and after earlier failures it is too early to fetch again.
    case waiting

    /// The case as a word that is stable between releases.
    public var code: String {
        switch self {
        case .tooLong: "public_key_too_long"
        case .malformedPublicKey: "malformed_public_key"
        case .malformedPrivateKey: "malformed_private_key"
        case .severalObjects: "several_pem_objects"
        case .unsupportedText: "unsupported_pem_object"
        case .privateKey: "private_key"
        case .encrypted: "encrypted_key"
        case .wrongKind: "wrong_kind_of_key"
        case .rsaBits: "rsa_bits"
        case .modulus: "rsa_modulus"
        case .exponent: "rsa_exponent"
        case .point: "invalid_point"
        case .unacceptablePrivateKey: "unacceptable_private_key"
        case .weakClientSecret: "weak_client_secret"
        case .privateKeyMember: "private_key_member"
        case .cryptography: "cryptography"
        case .malformedKeySet: "malformed_key_set"
        case .missingKeys: "key_set_without_keys"
        case .tooManyKeys: "too_many_keys"
        case .transport: "key_set_transport"
        case .redirected: "key_set_redirected"
        case .status: "key_set_status"
        case .contentType: "key_set_content_type"
        case .noUsableKey: "no_usable_key"
        case .waiting: "key_set_unavailable"
        }
    }

    /// The reason and the fix as text.
    public var description: String {
        switch self {
        case .tooLong, .malformedPublicKey, .malformedPrivateKey, .severalObjects, .unsupportedText, .privateKey,
            .encrypted:
            fileDescription
        case .wrongKind:
            "the key is of another kind than the algorithm needs: state the algorithm that the key is for, or use "
                + "another key"
        case .rsaBits(let bits, let allowed):
            "the RSA modulus has \(bits) bits, \(allowed.lowerBound) to \(allowed.upperBound) are allowed: "
                + "have the issuer use another key"
        case .modulus: "the RSA modulus is even or can be factored (ROCA): have the issuer make a new key"
        case .exponent: "the RSA exponent is even, below 3, or 2^33 and above: have the issuer make a new key"
        case .point: "the key is no usable point of its curve: have the issuer make a new key"
        case .unacceptablePrivateKey: "the private key is too weak, or its parts do not belong together"
        case .weakClientSecret(let algorithm, let octets):
            "the client's secret is too short for \(algorithm): it must have at least \(octets) octets. "
                + "Have the provider issue a longer one, or use an algorithm with public keys"
        case .privateKeyMember(let name):
            "the private JWK's member '\(name)' is missing, malformed or not supported: write the key anew as a JWK with all "
                + "of its members, or as PEM with openssl pkey"
        case .cryptography: "libcrypto failed"
        case .malformedKeySet, .missingKeys, .tooManyKeys, .transport, .redirected, .status, .contentType, .noUsableKey,
            .waiting:
            setDescription
        }
    }

    private var setDescription: String {
        switch self {
        case .malformedKeySet: "the key set is not strict JSON of at most 512 KiB"
        case .missingKeys: "the key set has no member 'keys' that is an array (RFC 7517 §5.1)"
        case .tooManyKeys(let limit): "the key set has more than \(limit) keys"
        case .transport(let failure): "the key set could not be fetched: \(failure)"
        case .redirected(let target):
            "the key set's URL answers with a redirect\(target.map { " to '\($0)'" } ?? ""), which is not followed: only one "
                + "is, and only within the same origin. The provider's metadata has to name the right 'jwks_uri'"
        case .status(let status): "the key set's URL answers with status \(status)"
        case .contentType: "the key set's URL answers with a page (HTML) instead of application/jwk-set+json"
        case .noUsableKey(.none): "the key set is empty"
        case .noUsableKey(let leftOut): "the key set has no key that can verify signatures\(leftOut.clause)"
        case .waiting: "no keys that fit are known, and after an earlier failure it is too early to ask for them again"
        default: ""
        }
    }

    private var fileDescription: String {
        switch self {
        case .tooLong(let limit): "the public key is longer than \(limit) octets: is it the right file?"
        case .malformedPrivateKey: "there is no unencrypted private key in PEM or DER"
        case .severalObjects: "the PEM text has more than one object: give the one key or certificate"
        case .unsupportedText:
            "the PEM text holds neither PUBLIC KEY nor RSA PUBLIC KEY nor CERTIFICATE: convert it with openssl pkey"
        case .privateKey: "this is a private key: give the public one, and keep this one where the tokens are signed"
        case .encrypted: "this is an encrypted key: give the public key, which is never encrypted"
        default: "there is no public key in PEM or DER, or something follows it: write it anew with openssl pkey"
        }
    }
}

extension KeyError {
    /// Whether waiting may help. Failures that follow from the server itself – a page, a response beyond the limits, no
    /// usable key – will happen again.
    package var mayPass: Bool {
        switch self {
        case .transport(let failure): failure.reason.mayPass
        case .status(let status): status >= 500 || status == 429
        case .waiting: true
        default: false
        }
    }
}

extension KeyError {
    init(_ fault: PEMError) {
        switch fault {
        case .tooLong(let limit): self = .tooLong(limit: limit)
        case .malformed: self = .malformedPublicKey
        case .hasHeaders: self = .encrypted
        case .hasMore: self = .severalObjects
        }
    }

    /// Why a public key is not used.
    init(publicKey error: CryptoError, policy: JWKPolicy) {
        switch error {
        case .privateKey: self = .privateKey
        case .encryptedPrivateKey: self = .encrypted
        case .unexpectedKeyType: self = .wrongKind
        case .modulusSize(let bits): self = .rsaBits(bits, allowed: policy.rsaBits)
        case .evenModulus, .guessableModulus: self = .modulus
        case .publicExponent: self = .exponent
        case .invalidPoint, .smallOrderPoint: self = .point
        case .libcrypto: self = .cryptography
        default: self = .malformedPublicKey
        }
    }

    /// Why a private key is not used, or does not sign.
    init(privateKey error: CryptoError) {
        switch error {
        case .malformedPrivateKey: self = .malformedPrivateKey
        case .unexpectedKeyType: self = .wrongKind
        case .libcrypto: self = .cryptography
        default: self = .unacceptablePrivateKey
        }
    }

    static func weakClientSecret(for algorithm: MACAlgorithm) -> KeyError {
        .weakClientSecret(algorithm, requiredOctets: algorithm.hash.byteCount)
    }
}
