import APIClient
import OAuthTypes
import Testing

@Suite struct UserInfoEndpointTests {
    private func fetch(
        _ body: String, type: String? = "application/json", status: Int = 200, subject: String = "alice"
    ) async throws -> Result<UserInfo, APIClientError> {
        let fields = [type.flatMap { HeaderField("Content-Type", $0) }].compactMap { $0 }
        let transport = ClosureTransport { _, _ in
            TransportResponse(status: status, fields: fields, body: Array(body.utf8))
        }
        let url = try EndpointURL("https://login.example/userinfo")
        let endpoint = UserInfoEndpoint(url: url, transport: transport)
        let subject = try SubjectID(subject)
        do throws(APIClientError) {
            let info = try await endpoint.fetch(with: StaticAccessToken(AccessToken("t")), expecting: subject)
            #expect(transport.sent.map { $0.fields.onlyValue(named: "Authorization") } == ["Bearer t"])
            return .success(info)
        } catch { return .failure(error) }
    }

    @Test(arguments: ["application/json", "Application/JSON; charset=utf-8", "application/json ;charset=utf-8"])
    func handsOverTheClaimsOfTheExpectedUser(type: String) async throws {
        let info = try await fetch("{\"sub\":\"alice\",\"email\":\"a@example\"}", type: type).get()
        #expect(info.subject.text == "alice")
        #expect(info.string("email") == "a@example")
        #expect(info.string("name") == nil)
    }

    @Test(arguments: [
        ("{\"sub\":\"bob\"}", "another user"), ("{\"sub\":\"alic\\u00e9\"}", "another user"),
        ("{\"sub\":\"\"}", "another user"),
        ("{\"sub\":\"Alice\"}", "another user"), ("{}", "no sub"), ("{\"sub\":null}", "no sub"),
        // The report of miniOrange's number where the ID token has a text.
        ("{\"sub\":35}", "a sub that is a JSON number"), ("{\"sub\":true}", "a sub that is a JSON boolean"),
        ("{\"sub\":[\"alice\"]}", "a sub that is a JSON array"), ("{\"sub\":{}}", "a sub that is a JSON object"),
        ("[]", "not a valid JSON object"),
        ("{\"sub\":\"bob\",\"sub\":\"alice\"}", "not a valid JSON object"), ("", "not a valid JSON object"),
        ("{\"sub\":\"alice\"}x", "not a valid JSON object"),
    ])
    func refusesOtherClaims(body: String, words: String) async throws {
        let error = try #require(try await fetch(body).failure)
        #expect("\(error)".contains(words))
    }

    // Canonically equivalent, and equal to Swift's ==, but other octets: U+212A is the Kelvin sign.
    @Test func comparesOctets() async throws {
        let error = try #require(try await fetch("{\"sub\":\"\\u212aarl\"}", subject: "Karl").failure)
        guard case .userInfo(.subjectMismatch) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test(arguments: ["text/html", "application/jsonx", "text/plain; x=application/json", "", nil])
    func readsJSONUnderAnotherMediaTypeAndSaysSo(type: String?) async throws {
        let info = try await fetch("{\"sub\":\"alice\"}", type: type).get()
        #expect(
            info.deviations == [ProviderDeviation(.userInfo, "Content-Type", form: "another media type than JSON's")])
        let error = try #require(try await fetch("<html>alice</html>", type: type).failure)
        guard case .userInfo(.contentType) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func passesOverAByteOrderMarkAndSaysSo() async throws {
        let info = try await fetch("\u{FEFF}{\"sub\":\"alice\"}").get()
        #expect(info.deviations == [ProviderDeviation(.userInfo, form: "a byte order mark at the beginning")])
        #expect(try await fetch("\u{FEFF}\u{FEFF}{\"sub\":\"alice\"}").failure != nil)
    }

    @Test(arguments: [201, 203, 299]) func readsAnySuccessAndSaysSo(status: Int) async throws {
        let info = try await fetch("{\"sub\":\"alice\"}", status: status).get()
        #expect(info.deviations == [ProviderDeviation(.userInfo, form: "a success with a status other than 200")])
    }

    @Test func anOrdinaryAnswerHasNoDeviations() async throws {
        #expect(try await fetch("{\"sub\":\"alice\"}").get().deviations.isEmpty)
    }

    /// The report of ProConnect, which answers signed claims only.
    @Test func saysThatASignedAnswerIsSigned() async throws {
        let error = try #require(try await fetch("e30.e30.x", type: "application/jwt").failure)
        #expect("\(error)".contains("userinfo_signed_response_alg"))
        guard case .userInfo(.signed) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test(arguments: [204, 205, 206, 302, 403, 500])
    func refusesOtherStatuses(status: Int) async throws {
        let error = try #require(try await fetch("{\"sub\":\"alice\"}", status: status).failure)
        guard case .userInfo(.status(status)) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func saysWhenTheTokenIsRefused() async throws {
        let error = try #require(try await fetch("{}", status: 401).failure)
        guard case .unauthorized = error else {
            Issue.record("\(error)")
            return
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}
