import JOSE
import WireFormats

extension Work {
    /// Verifications by key sets that are made once, as key sources keep theirs, and whose keys are unused: the allocation
    /// fails while libcrypto's key is created.
    ///
    /// They never run in this process, so that each child process finds the keys unused.
    static func keeping(_ fixture: Fixture) throws -> [Work] {
        try Fixture.algorithms.map { algorithm in
            let signed = fixture.signed(algorithm.description)
            let check = PublicKeyCheck(try JWKSet(jwks: JSONWriter.bytes(signed.keySet)), algorithms: [algorithm])
            return Work(name: "verify \(algorithm) by a kept key") { judge(signed, by: check) }
        }
    }
}
