import CFloor
import JOSE
import OAuthTypes

/// The part of libcrypto in the verification of tokens, and nothing else; see CFloor.h.
@safe public final class Floor {
    /// What can fail before the measurement.
    public enum SetUpError: Error {
        /// libcrypto does not accept the key.
        case key
        /// The text is not a compact token.
        case token
        /// A changed signature was accepted, or a right one refused, so that a measurement would mean nothing.
        case unsound
    }

    private let floor: OpaquePointer

    /// Creates the floor of a corpus, and checks that it accepts right signatures and refuses changed ones.
    public convenience init(_ corpus: Corpus) throws {
        let algorithm =
            switch corpus.algorithm {
            case .ps256: CFLOOR_PS256
            case .es256: CFLOOR_ES256
            case .edDSA: CFLOOR_EDDSA
            default: CFLOOR_RS256
            }
        try self.init(algorithm, key: corpus.key.pem(), tokens: corpus.tokens.map(\.exposedText))
    }

    init(_ algorithm: cfloor_algorithm, key: [UInt8], tokens: [String]) throws {
        guard let floor = unsafe cfloor_create(algorithm, key, key.count) else { throw SetUpError.key }
        unsafe self.floor = floor
        for token in tokens {
            let octets = Array(token.utf8)
            guard unsafe cfloor_add(floor, octets, octets.count) else { throw SetUpError.token }
        }
        guard unsafe cfloor_refuses_changed_signature(floor), verify(0..<tokens.count) == tokens.count else {
            throw SetUpError.unsound
        }
    }

    deinit { unsafe cfloor_free(floor) }

    /// Verifies the signatures of a batch of tokens and returns how many are right.
    public func verify(_ batch: Range<Int>) -> Int {
        unsafe cfloor_verify(floor, batch.lowerBound, batch.count)
    }

    /// Verifies all tokens `passes` times on each of these floors, each on a thread of its own. Returns wall nanoseconds.
    public static func run(_ floors: [Floor], passes: Int) throws -> Int64 {
        let pointers = unsafe floors.map { unsafe Optional($0.floor) }
        let taken = unsafe cfloor_verify_on_threads(pointers, pointers.count, passes)
        guard taken > 0 else { throw SetUpError.unsound }
        return taken
    }
}
