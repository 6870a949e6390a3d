import JOSE
import OAuthTypes

/// Which signatures are taken: those of public keys, or those of the client secret, never both.
enum AlgorithmPolicy {
    case publicKeys(SignatureAlgorithms)
    case clientSecret([MACAlgorithm])

    static let names = JWSAlgorithm.allCases.map(\.rawValue)

    /// The policy that accepts exactly these; with none at all it accepts nothing.
    init(names: [String]) throws(Refusal) {
        var publicKeys: [SignatureAlgorithm] = []
        var secret: [MACAlgorithm] = []
        for name in names {
            guard let algorithm = JWSAlgorithm(rawValue: name) else {
                throw Refusal("unknown_algorithm", "an algorithm that does not exist here; there are \(Self.list)")
            }
            if let known = SignatureAlgorithm(algorithm) { publicKeys.append(known) }
            secret += MACAlgorithm.allCases.filter { $0.name == algorithm }
        }
        guard publicKeys.isEmpty || secret.isEmpty else {
            throw Refusal(
                "mixed_algorithms",
                "HMAC and public-key algorithms in one list would let a published key pass for a secret")
        }
        self = secret.isEmpty ? .publicKeys(SignatureAlgorithms(publicKeys)) : .clientSecret(secret)
    }

    static var list: String { names.joined(separator: ", ") }

    var needsKeySet: Bool {
        if case .publicKeys = self { true } else { false }
    }
}
