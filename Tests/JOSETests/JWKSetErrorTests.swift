import JOSE
import Testing

@Suite struct InvalidKeySetTests {
    @Test(arguments: [
        ("<html>", "malformed_key_set"), ("{}", "key_set_without_keys"),
        ("{\"keys\":[\(Array(repeating: "0", count: 1_001).joined(separator: ","))]}", "too_many_keys"),
    ])
    func hasACodeThatStaysTheSame(_ text: String, _ code: String) {
        let error = #expect(throws: JWKSetError.self) { try JWKSet(jwks: Array(text.utf8)) }
        #expect(error?.code == code)
    }
}
