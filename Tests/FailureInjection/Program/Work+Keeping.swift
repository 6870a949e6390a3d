import JOSE
import WireFormats

extension Work {
    /// Verifications by key sets that are made once, as the sources of keys keep theirs, and whose keys nobody has used
    /// yet: the allocation fails while libcrypto's key is made.
    ///
    /// They are never run in this process, so that each child finds the keys unused.
    static func keeping(_ fixture: Fixture) throws -> [Work] {
        try Fixture.algorithms.map { algorithm in
            let signed = fixture.signed(algorithm.description)
            let check = PublicKeyCheck(try JWKSet(jwks: JSONWriter.bytes(signed.keySet)), [algorithm])
            return Work(name: "verify \(algorithm) by a kept key") { judge(signed, by: check) }
        }
    }
}
