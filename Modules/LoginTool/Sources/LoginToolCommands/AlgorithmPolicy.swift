import JOSE
import OAuthTypes

/// The accepted signatures: those of public keys or those of the client secret, never both.
enum AlgorithmPolicy {
    case publicKeys(SignatureAlgorithms)
    case clientSecret([MACAlgorithm])

    static let names = JWSAlgorithm.allCases.map(\.rawValue)

    /// Creates a policy that accepts exactly these algorithms. Without any it accepts nothing.
    init(names: [String]) throws(RejectionError) {
        var publicKeys: [SignatureAlgorithm] = []
        var secret: [MACAlgorithm] = []
        for name in names {
            guard let algorithm = JWSAlgorithm(rawValue: name) else {
                throw RejectionError(
                    "unknown_algorithm", words: "an unknown algorithm; the known ones are \(Self.list)")
            }
            if let known = SignatureAlgorithm(algorithm) { publicKeys.append(known) }
            secret += MACAlgorithm.allCases.filter { $0.name == algorithm }
        }
        guard publicKeys.isEmpty || secret.isEmpty else {
            throw RejectionError(
                "mixed_algorithms",
                words: "HMAC and public-key algorithms in one list would let a published key pass for a secret")
        }
        self = secret.isEmpty ? .publicKeys(SignatureAlgorithms(publicKeys)) : .clientSecret(secret)
    }

    static var list: String { names.joined(separator: ", ") }

    var needsKeySet: Bool {
        if case .publicKeys = self { true } else { false }
    }
}
