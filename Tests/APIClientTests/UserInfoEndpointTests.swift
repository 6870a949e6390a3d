import APIClient
import OAuthTypes
import Testing

@Suite struct UserInfoEndpointTests {
    private func fetch(
        _ body: String, type: String? = "application/json", status: Int = 200, subject: String = "alice"
    ) async throws -> Result<UserInfo, UserInfoError> {
        let fields = [type.flatMap { HeaderField("Content-Type", $0) }].compactMap { $0 }
        let transport = ClosureTransport { _, _ in
            TransportResponse(status: status, fields: fields, body: Array(body.utf8))
        }
        let url = try EndpointURL("https://login.example/userinfo")
        let endpoint = UserInfoEndpoint(url: url, transport: transport)
        let subject = try SubjectID(subject)
        do throws(UserInfoError) {
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
        ("{\"sub\":\"Alice\"}", "another user"), ("{}", "no sub"), ("{\"sub\":1}", "no sub"),
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
        guard case .subjectMismatch = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test(arguments: ["text/html", "application/jwt", "application/jsonx", "text/plain; x=application/json", ""])
    func refusesOtherContentTypes(type: String) async throws {
        let error = try #require(try await fetch("{\"sub\":\"alice\"}", type: type).failure)
        guard case .contentType = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func refusesAMissingContentType() async throws {
        let error = try #require(try await fetch("{\"sub\":\"alice\"}", type: nil).failure)
        guard case .contentType = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test(arguments: [201, 204, 302, 403, 500])
    func refusesOtherStatuses(status: Int) async throws {
        let error = try #require(try await fetch("{\"sub\":\"alice\"}", status: status).failure)
        guard case .status(status) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func saysWhenTheTokenIsRefused() async throws {
        let error = try #require(try await fetch("{}", status: 401).failure)
        guard case .call(.unauthorized) = error else {
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
