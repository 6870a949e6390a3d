import JOSE
import OAuthTypes
import Testing

@Suite struct JWKSetErrorTests {
    @Test(arguments: [
        ("<html>", "malformed_key_set"), ("{}", "key_set_without_keys"),
        ("{\"keys\":[\(Array(repeating: "0", count: 1_001).joined(separator: ","))]}", "too_many_keys"),
    ])
    func hasACodeThatStaysTheSame(_ text: String, _ code: String) {
        let error = #expect(throws: KeyError.self) { try JWKSet(jwks: Array(text.utf8)) }
        #expect(error?.code == code)
    }

    @Test(
        arguments: [
            (.malformedKeySet, "malformed_key_set"), (.missingKeys, "key_set_without_keys"),
            (.tooManyKeys(limit: 1), "too_many_keys"),
            (.transport(TransportError(.timedOut, sent: .maybe)), "key_set_transport"),
            (.redirected(to: nil), "key_set_redirected"), (.status(500), "key_set_status"),
            (.contentType, "key_set_content_type"), (.noUsableKey(.none), "no_usable_key"),
            (.waiting, "key_set_unavailable"),
        ] as [(KeyError, String)])
    func hasACodeForEachReason(_ error: KeyError, code: String) {
        #expect(error.code == code)
    }
}
