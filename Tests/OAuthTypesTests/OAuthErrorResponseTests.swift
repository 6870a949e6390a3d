import OAuthTypes
import Testing

@Suite struct OAuthErrorResponseTests {
    @Test func keepsWhatTheStandardAllows() {
        let response = OAuthErrorResponse(error: "invalid_grant", errorDescription: "the code has expired")
        #expect(response.error == "invalid_grant")
        #expect(response.errorDescription == "the code has expired")
        #expect(response.description == "invalid_grant")
    }

    @Test(arguments: [
        ("a\r\nb", "ab"), ("\u{1B}[31m", "[31m"), ("a\"\\b", "ab"), ("\u{202E}evil", "evil"), ("a\0b", "ab"),
        ("caf\u{E9}", "caf"),
    ])
    func dropsEverythingElse(_ given: String, kept: String) {
        let response = OAuthErrorResponse(error: given, errorDescription: given)
        #expect(response.error == kept)
        #expect(response.errorDescription == kept)
    }

    @Test func cutsLongTexts() {
        let long = String(repeating: "x", count: 1_000_000)
        let response = OAuthErrorResponse(error: long, errorDescription: long)
        #expect(response.error.utf8.count == 64)
        #expect(response.errorDescription?.utf8.count == 256)
    }

    @Test(arguments: ["", "\n", "\u{E9}"])
    func namesAnErrorWithoutACode(_ code: String) {
        #expect(OAuthErrorResponse(error: code).error == "unnamed_error")
    }

    @Test func neverTellsTheDescriptionInALine() {
        let response = OAuthErrorResponse(error: "invalid_grant", errorDescription: "canary")
        #expect(!"\(response)".contains("canary"))
    }
}
