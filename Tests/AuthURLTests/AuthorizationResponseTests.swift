import AuthURL
import OAuthTypes
import Testing

struct AuthorizationCallbackTests {
    @Test(arguments: ["state", "code", "iss", "error"], ["", "x"])
    func refusesDuplicates(_ name: String, second: String) {
        #expect(throws: AuthorizationResponseValidationError.duplicateParameter(name)) {
            try AuthorizationResponse(query: "\(name)=x&other=1&\(name)=\(second)")
        }
    }

    @Test func seesDuplicatesBehindPercentEncoding() {
        #expect(throws: AuthorizationResponseValidationError.duplicateParameter("state")) {
            try AuthorizationResponse(query: "state=a&code=b&%73tate=c")
        }
    }

    @Test(arguments: ["", "state=", "code=x", "State=x", "state"])
    func findsNoStateWhereThereIsNone(_ query: String) throws {
        #expect(try AuthorizationResponse(query: query).state == nil)
    }

    @Test func readsQueryAndFormAlike() throws {
        let text = "state=s%2D1&code=abc&session_state=x&session_state=y"
        #expect(try AuthorizationResponse(query: text).state == "s-1")
        #expect(try AuthorizationResponse(form: Array(text.utf8)).state == "s-1")
    }

    @Test func refusesWhatNoProviderSends() {
        let long = "state=" + String(repeating: "x", count: 1_000_000)
        #expect(throws: AuthorizationResponseValidationError.malformed(.tooLong)) {
            try AuthorizationResponse(query: long)
        }
        #expect(throws: AuthorizationResponseValidationError.malformed(.tooLong)) {
            try AuthorizationResponse(form: Array(long.utf8))
        }
        let many = String(repeating: "a=b&", count: 101)
        #expect(throws: AuthorizationResponseValidationError.malformed(.tooLong)) {
            try AuthorizationResponse(query: many)
        }
        for broken in ["state=%", "state=%zz", "state=%ff"] {
            #expect(throws: AuthorizationResponseValidationError.malformed(.encoding)) {
                try AuthorizationResponse(query: broken)
            }
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "a\u{0}b\r\nc", "\\u003cscript\\u003e",
        "ｓｃｒｉｐｔ",
    ])
    func keepsOnlyWhatTheStandardAllowsInErrors(_ text: String) throws {
        let encoded = text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let error = try #require(
            try AuthorizationResponse(query: "error=\(encoded)&error_description=\(encoded)").error)
        let kept = error.error + (error.errorDescription ?? "")
        #expect(kept.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C })
    }

    @Test(arguments: [
        ("introducci%u00f3n", "introducci%u00f3n"), ("abgelehnt+%", "abgelehnt %"), ("%e9chec", "chec"), ("a%", "a%"),
    ])
    func whatIsWrongInAnExplanationCostsTheExplanationOnly(_ written: String, shown: String) throws {
        let callback = try AuthorizationResponse(
            query: "error=access_denied&error_description=\(written)&error_uri=\(written)&state=s-1")
        #expect(callback.state == "s-1")
        #expect(callback.error?.error == "access_denied")
        #expect(callback.error?.errorDescription == shown)
        #expect(callback.error?.errorURI == shown)
        #expect(callback.deviations.map(\.member) == ["error_description", "error_uri"])
    }

    @Test(arguments: ["state", "code", "iss", "error", "session_state", "%65rror_uri%"])
    func nothingElseMayBeDamaged(_ name: String) {
        #expect(throws: AuthorizationResponseValidationError.malformed(.encoding)) {
            try AuthorizationResponse(query: "error=x&\(name)=%u00f3")
        }
    }

    @Test func cutsLongErrors() throws {
        let long = String(repeating: "e", count: 2_000)
        let error = try #require(try AuthorizationResponse(query: "error=\(long)&error_description=\(long)").error)
        #expect(error.error.utf8.count == 64)
        #expect(error.errorDescription?.utf8.count == 256)
    }

    @Test func printsNothingOfItsContent() throws {
        let callback = try AuthorizationResponse(query: "state=st4te&code=c0de")
        var shown = "\(callback) \(String(reflecting: callback))"
        dump(callback, to: &shown)
        #expect(!shown.contains("st4te") && !shown.contains("c0de"))
    }
}
