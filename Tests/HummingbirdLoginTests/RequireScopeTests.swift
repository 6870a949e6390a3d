#if Hummingbird

    import APIGuard
    import Hummingbird
    import HummingbirdLogin
    import JOSE
    import OAuthTypes
    import Testing
    import WireFormats

    /// Routes that need an access token with a scope.
    @Suite struct RequireScopeTests {
        private let issuer: Issuer
        private let key: SigningKey
        private let gate: APIGuard<LocalJWKSet>

        init() throws {
            issuer = try Issuer("https://login.example/")
            key = try SigningKey.generate(.es256)
            let keys = LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet([key])), of: issuer)
            gate = APIGuard(
                verifier: AccessTokenVerifier(
                    keys: keys, algorithms: [.es256], audience: "https://api.example", profile: .rfc9068),
                realm: "orders")
        }

        private func token(scope: String) throws -> String {
            let now = Int(WallClock.system.now.seconds)
            return try key.signed(
                type: "at+jwt",
                claims: [
                    "iss": .string(issuer.text), "sub": "alice", "aud": "https://api.example", "client_id": "web",
                    "jti": "1", "scope": .string(scope), "iat": .number(JSONNumber(now)),
                    "exp": .number(JSONNumber(now + 300)),
                ]
            ).exposedText
        }

        @Test func theHandlerBehindItHasTheClaims() async throws {
            let token = try token(scope: "orders:read profile")
            try await LiveServer.run(ordersAPI(gate)) { server in
                let reply = try await server.send(.get, to: "/orders", authorization: "Bearer \(token)")
                #expect(reply.status == 200)
                #expect(reply.text == "The orders of alice")
            }
        }

        @Test(arguments: [
            ("", 401, "realm=\"orders\""), ("Bearer x.y.z", 401, "invalid_token"), ("Bearer", 400, "invalid_request"),
        ])
        func aRequestWithoutAValidTokenIsChallenged(credentials: String, status: Int, challenge: String) async throws {
            try await LiveServer.run(ordersAPI(gate)) { server in
                let reply = try await server.send(.get, to: "/orders", authorization: credentials)
                #expect(reply.status == status)
                #expect(reply.value("WWW-Authenticate").contains(challenge))
                #expect(!reply.text.contains("orders of"))
            }
        }

        @Test func aTokenWithoutTheScopeIsToldWhichItLacks() async throws {
            let token = try token(scope: "orders:write")
            try await LiveServer.run(ordersAPI(gate)) { server in
                let reply = try await server.send(.get, to: "/orders", authorization: "Bearer \(token)")
                #expect(reply.status == 403)
                #expect(reply.value("WWW-Authenticate").contains("scope=\"orders:read\""))
            }
        }

        /// A middleware of the app behind the guard has the claims, in the group itself and in groups of it.
        @Test func middlewareBehindItSeesTheClaimsAndNoRequestWithoutAToken() async throws {
            let token = try token(scope: "orders:read")
            let router = Router()
            let seen = Seen()
            let orders = try router.group("orders").requireScope("orders:read", by: gate)
            orders.add(
                middleware: Watch<AuthorizedRequestContext<BasicRequestContext>>(seen) { $0.accessToken.subject.text })
            orders.get { _, _ in "list" }
            orders.group("archive").add(middleware: Watch(seen) { "archive of \($0.accessToken.subject.text)" })
                .get { _, _ in "archive" }
            try await LiveServer.run(router) { server in
                let refused = try await server.send(.get, to: "/orders")
                #expect(refused.status == 401)
                #expect(seen.words.isEmpty)
                let authorization = "Bearer \(token)"
                let list = try await server.send(.get, to: "/orders", authorization: authorization)
                #expect(list.text == "list")
                let archive = try await server.send(.get, to: "/orders/archive", authorization: authorization)
                #expect(archive.text == "archive")
                #expect(seen.words == ["alice", "alice", "archive of alice"])
            }
        }

        @Test func aScopeThatIsNoneIsToldAtStart() {
            #expect(throws: IdentifierError.self) { try Router().requireScope("orders\"read", by: gate) }
        }
    }

#endif
