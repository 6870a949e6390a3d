import APIClient
import OAuthTypes
import Testing

@Suite struct APIClientTests {
    static let secret = "canary-token.abc"
    let clock = HandClock()

    private func client(
        _ transport: ClosureTransport, source: any AccessTokenSource = StaticAccessToken(AccessToken(secret))
    ) throws -> APIClient {
        APIClient(
            origins: [try EndpointURL("https://api.example").origin], source: source, transport: transport,
            clock: clock.wall)
    }

    private func invalidToken() -> TransportResponse {
        let fields = [HeaderField("WWW-Authenticate", "Bearer realm=\"api\", error=\"invalid_token\"")].compactMap {
            $0
        }
        return TransportResponse(status: 401, fields: fields)
    }

    @Test func sendsTheTokenToTheConfiguredOrigin() async throws {
        let transport = ClosureTransport { _, _ in TransportResponse(status: 200, body: [1, 2]) }
        let response = try await client(transport).send(APIRequest(.get, try EndpointURL("https://API.example:443/x")))
        #expect(response.status == 200)
        #expect(response.body == [1, 2])
        #expect(transport.sent.map { $0.fields.values(named: "authorization") } == [["Bearer \(Self.secret)"]])
        #expect(transport.sent.map(\.replay) == [.idempotent])
    }

    @Test(arguments: [
        "https://evil.example/x", "https://api.example:8443/x", "https://api.example.evil.example/x",
        "https://xapi.example/x", "http://127.0.0.1/x", "https://xn--pi-example-55g.example/x",
    ])
    func sendsNothingToOtherOrigins(text: String) async throws {
        let transport = ClosureTransport { _, _ in TransportResponse(status: 200) }
        let url = try EndpointURL(text, allowing: .loopback)
        let client = try client(transport)
        let error = await failure { () async throws(APIClientError) in try await client.send(APIRequest(.get, url)) }
        guard case .originNotAllowed(let origin) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(origin == url.origin)
        #expect(transport.sent.isEmpty)
    }

    @Test(arguments: ["Authorization", "aUTHORIZATION", "Host", "Content-Length", "Transfer-Encoding", "connection"])
    func refusesFieldsThatAreNotTheCallersToSet(name: String) async throws {
        let transport = ClosureTransport { _, _ in TransportResponse(status: 200) }
        let field = try #require(HeaderField(name, "Basic eDp5"))
        let request = APIRequest(.get, try EndpointURL("https://api.example/x"), fields: [field])
        let client = try client(transport)
        let error = await failure { () async throws(APIClientError) in try await client.send(request) }
        guard case .reserved(let culprit) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(field.isNamed(culprit))
        #expect(transport.sent.isEmpty)
    }

    @Test(arguments: ["access_token=x", "a=b&access_token=x", "access%5Ftoken=x", "access_token"])
    func refusesATokenInTheQuery(query: String) async throws {
        let transport = ClosureTransport { _, _ in TransportResponse(status: 200) }
        let client = try client(transport)
        let url = try EndpointURL("https://api.example/x?" + query)
        let error = await failure { () async throws(APIClientError) in try await client.send(APIRequest(.get, url)) }
        guard case .reserved("access_token") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(transport.sent.isEmpty)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func followsNoRedirect(status: Int) async throws {
        let transport = ClosureTransport { _, _ in
            TransportResponse(
                status: status, fields: [HeaderField("Location", "https://evil.example/")].compactMap { $0 })
        }
        let response = try await client(transport).send(APIRequest(.get, try EndpointURL("https://api.example/x")))
        #expect(response.status == status)
        #expect(transport.sent.count == 1)
    }

    @Test(arguments: [HTTPMethod.get, .post])
    func refreshesOnceAndTriesOnceMoreWhenTheAPICallsTheTokenInvalid(method: HTTPMethod) async throws {
        let refused = invalidToken()
        let transport = ClosureTransport { _, number in number == 0 ? refused : TransportResponse(status: 204) }
        let refresher = ClosureRefresher { [clock] _, _ in tokens("second", at: clock.now) }
        let source = source(refresher)
        let request = APIRequest(method, try EndpointURL("https://api.example/x"), body: [7])
        let response = try await client(transport, source: source).send(request)
        #expect(response.status == 204)
        #expect(refresher.sent == ["r0"])
        #expect(
            transport.sent.map { $0.fields.onlyValue(named: "Authorization") } == ["Bearer first", "Bearer second"])
        #expect(transport.sent.map(\.body) == [[7], [7]])
    }

    @Test func givesUpAfterTheSecondRefusal() async throws {
        let refused = invalidToken()
        let transport = ClosureTransport { _, _ in refused }
        let refresher = ClosureRefresher { [clock] _, number in tokens("next\(number)", refresh: "r1", at: clock.now) }
        let client = try client(transport, source: source(refresher))
        let request = APIRequest(.get, try EndpointURL("https://api.example/x"))
        for calls in [2, 3, 4] {
            let error = await failure { () async throws(APIClientError) in try await client.send(request) }
            guard case .unauthorized(BearerChallenge.Code.invalidToken?, nil) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            // A token that came from a refresh a moment ago is not replaced again: the API is at odds with the server.
            #expect(refresher.sent == ["r0"])
            #expect(transport.sent.count == calls)
        }
    }

    /// What real servers answer to an invalid token; nil means no challenge.
    @Test(arguments: [
        nil, "", "Bearer", "bearer realm=\"x\"", "Bearer error=\"invalid_request\"", "error=\"invalid_token\"",
        "error=\"invalid_token\", error_description=\"it has ended\"", "Bearer error=\"invalid_token",
    ])
    func refreshesOnceForA401ThatDoesNotSayWhatIsWrong(challenge: String?) async throws {
        let fields = [challenge.flatMap { HeaderField("WWW-Authenticate", $0) }].compactMap(\.self)
        let transport = ClosureTransport { _, number in
            number == 0 ? TransportResponse(status: 401, fields: fields) : TransportResponse(status: 200)
        }
        let refresher = ClosureRefresher { [clock] _, _ in tokens("second", refresh: "r1", at: clock.now) }
        let client = try client(transport, source: source(refresher))
        let request = APIRequest(.post, try EndpointURL("https://api.example/x"))
        #expect(try await client.send(request).status == 200)
        #expect(refresher.sent == ["r0"])
        let refusing = ClosureTransport { _, _ in TransportResponse(status: 401, fields: fields) }
        let other = try self.client(refusing, source: source(refresher))
        for _ in 0..<3 {
            let error = await failure { () async throws(APIClientError) in try await other.send(request) }
            guard case .unauthorized = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        #expect(refresher.sent == ["r0", "r0"], "once per token")
    }

    @Test(arguments: [
        "Basic realm=\"x\"", "DPoP error=\"invalid_token\"", "Basic", "Negotiate YII=",
        "Bearer error=\"insufficient_scope\"",
    ])
    func refreshesForNoOther401(challenge: String) async throws {
        let transport = ClosureTransport { _, _ in
            TransportResponse(status: 401, fields: [HeaderField("WWW-Authenticate", challenge)].compactMap { $0 })
        }
        let refresher = ClosureRefresher { (_, _) throws(TokenEndpointError) in throw .transport(notSent) }
        let client = try client(transport, source: source(refresher))
        let url = try EndpointURL("https://api.example/x")
        let error = await failure { () async throws(APIClientError) in try await client.send(APIRequest(.get, url)) }
        guard case .unauthorized = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refresher.sent.isEmpty)
        #expect(transport.sent.count == 1)
    }

    @Test(arguments: [
        (429, "120", Int64(120)), (503, "0", 0), (503, "99999999999999999999", 86_400), (429, "-1", nil),
        (429, "1.5", nil),
        (503, "Mon, 12 Jan 1970 13:48:40 GMT", 120), (503, "Mon, 12 Jan 1970 13:00:00 GMT", 0), (429, "soon", nil),
        (503, "Fri, 31 Dec 9999 23:59:59 GMT", 86_400), (200, "120", nil), (429, "", nil),
    ])
    func boundsRetryAfterAndHandsItOver(status: Int, value: String, expected: Int64?) async throws {
        let transport = ClosureTransport { _, _ in
            TransportResponse(status: status, fields: [HeaderField("Retry-After", value)].compactMap { $0 })
        }
        let response = try await client(transport).send(APIRequest(.get, try EndpointURL("https://api.example/x")))
        #expect(response.retryAfter == expected.map { Duration.seconds($0) })
        #expect(transport.sent.count == 1)
    }

    @Test(arguments: ["", "a b", "a\r\nX: y", "tok\u{E9}n", "=", "a=b", "\u{0}"])
    func refusesATokenThatNoFieldCarries(text: String) async throws {
        let transport = ClosureTransport { _, _ in TransportResponse(status: 200) }
        let client = try client(transport, source: StaticAccessToken(AccessToken(text)))
        let url = try EndpointURL("https://api.example/x")
        let error = await failure { () async throws(APIClientError) in try await client.send(APIRequest(.get, url)) }
        guard case .malformedToken = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(transport.sent.isEmpty)
    }

    @Test func showsTheScopeThatA403AsksFor() async throws {
        let value = "Bearer error=\"insufficient_scope\", scope=\"orders:write\""
        let transport = ClosureTransport { _, _ in
            TransportResponse(status: 403, fields: [HeaderField("WWW-Authenticate", value)].compactMap { $0 })
        }
        let response = try await client(transport).send(APIRequest(.get, try EndpointURL("https://api.example/x")))
        #expect(response.challenge?.error == .insufficientScope)
        #expect(response.challenge?.scope == (try Scope("orders:write")))
    }

    @Test func noErrorShowsTheToken() async throws {
        let echo = "Bearer error=\"\(Self.secret)\", error_description=\"\(Self.secret)\""
        let transports = [
            ClosureTransport { _, _ in
                TransportResponse(status: 401, fields: [HeaderField("WWW-Authenticate", echo)].compactMap { $0 })
            },
            ClosureTransport { (_, _) throws(TransportError) in throw TransportError(.timedOut, sent: .maybe) },
        ]
        for transport in transports {
            let client = try client(transport)
            let url = try EndpointURL("https://api.example/x")
            let error = await failure { () async throws(APIClientError) in try await client.send(APIRequest(.get, url))
            }
            let thrown = try #require(error)
            var dumped = ""
            dump(thrown, to: &dumped)
            for text in ["\(thrown)", String(reflecting: thrown), dumped] { #expect(!text.contains("canary")) }
        }
    }

    private func source(_ refresher: ClosureRefresher) -> RefreshingTokenSource {
        let tokenStore = MemoryTokenStore(StoredTokenSet(tokens("first", refresh: "r0", at: clock.now)))
        return RefreshingTokenSource(
            tokenStore: tokenStore, refresher: refresher, clock: clock.wall, sleeper: .yielding)
    }
}
