#if Hummingbird

    import CurlTransport
    import DevAuthServer
    import Hummingbird
    import HummingbirdDevAuthServer
    import NIOCore
    import OAuthTypes
    import Testing

    struct ResponderTests {
        @Test func servesItsMetadata() async throws {
            let answer = try await Self.answer(.get, "/.well-known/openid-configuration")
            #expect(answer.status == 200)
            #expect(answer.text.contains("\"issuer\":\"http://localhost:3001\""))
            #expect(answer.fields.values(named: "X-Login-Flow-Development") == ["true"])
        }

        @Test func passesOnEveryFieldOfTheAnswer() async throws {
            let answer = try await Self.answer(.get, Self.authorize)
            #expect(answer.status == 200)
            #expect(answer.fields.values(named: "Set-Cookie").count == 1)
            #expect(answer.text.contains("id=\"login\""))
        }

        @Test func passesOnTheBody() async throws {
            let form = HeaderField("Content-Type", "application/x-www-form-urlencoded")
            let body = "grant_type=password&client_id=app&client_secret=secret"
            let answer = try await Self.answer(.post, "/token", fields: [form], body: Array(body.utf8))
            #expect(answer.status == 400)
            #expect(answer.text.contains("unsupported_grant_type"))
        }

        @Test(arguments: [65_537, 300_000, 1_048_577])
        func refusesALongBody(_ count: Int) async throws {
            let body = [UInt8](repeating: 0x41, count: count)
            #expect(try await Self.answer(.post, "/token", body: body).status == 413)
        }

        @Test(arguments: [
            ("http://localhost:3001", "127.0.0.1", 3001), ("http://127.0.0.2:9000", "127.0.0.2", 9000),
            ("http://[::1]:9001", "::1", 9001), ("https://localhost", "127.0.0.1", 443),
        ])
        func listensOnLoopbackWhereTheIssuerSays(_ issuer: String, host: String, port: Int) throws {
            let application = try Self.server(issuer).application()
            #expect(application.configuration.address == .hostname(host, port: port))
        }

        @Test func theGuidesExampleRunsWhereItSaysAndNeverInProduction() throws {
            let address = try developmentLogin(environment: nil).configuration.address
            #expect(address == .hostname("127.0.0.1", port: 9000))
            #expect(throws: SettingsError.self) { try developmentLogin(environment: "production") }
        }

        private static let authorize =
            "/authorize?client_id=app&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback&response_type=code&scope=openid"
            + "&code_challenge=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&code_challenge_method=S256"

        private static func server(_ issuer: String = "http://localhost:3001") throws -> DevAuthServer {
            try DevAuthServer(
                issuer: Issuer(issuer, allowing: .loopback),
                clients: [
                    DevClient(
                        id: ClientID("app"), name: "App", secret: ClientSecret("secret"),
                        redirectURIs: [EndpointURL("http://localhost:3000/callback", allowing: .loopback)])
                ],
                accounts: DevAccount.samples(random: .system), apiAudience: "urn:api", environment: nil)
        }

        private struct NoPortError: Error {}

        /// The answer of a server on a free port of 127.0.0.1.
        private static func answer(
            _ method: OAuthTypes.HTTPMethod, _ target: String, fields: [HeaderField?] = [], body: [UInt8] = []
        ) async throws -> TransportResponse {
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let app = Application(
                responder: DevAuthServerResponder(try server()),
                configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) })
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await app.run() }
                guard let number = await ports.first(where: { $0 > 0 }) else { throw NoPortError() }
                let transport = try CurlTransport()
                let url = try EndpointURL("http://127.0.0.1:\(number)\(target)", allowing: .loopback)
                let answer = try await transport.send(
                    TransportRequest(
                        method, url, fields: fields.compactMap(\.self), body: body, replay: .idempotent),
                    within: TransportLimits())
                await transport.shutdown()
                group.cancelAll()
                return answer
            }
        }
    }

    extension TransportResponse {
        fileprivate var text: String { String(decoding: body, as: UTF8.self) }
    }

#endif
