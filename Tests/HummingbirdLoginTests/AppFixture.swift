#if Hummingbird

    import DevAuthServer
    import HTTPTypes
    import Hummingbird
    import HummingbirdLogin
    import LoginFlow
    import OAuthTypes
    import SessionStore

    /// An app with a public and a private page behind the middleware, and a provider in the same process.
    struct AppFixture {
        static let password = "alice's password"

        let server: DevAuthServer
        let flow: LoginFlow

        init(name: String? = nil, prefix: String = "", initiateLogin: String? = nil) throws {
            let secret = ClientSecret("a secret of the tests")
            let base = "http://localhost:8080"
            server = try DevAuthServer(
                issuer: Issuer("http://localhost:8081", allowing: .loopback),
                clients: [
                    DevClient(
                        id: ClientID("app"), name: "App", secret: secret,
                        redirectURIs: [EndpointURL(base + "/callback", allowing: .loopback)])
                ],
                accounts: [
                    DevAccount(
                        username: "alice", password: DevPassword(AppFixture.password), subject: SubjectID("subject-a"),
                        name: "Alice", email: "alice@example.com")
                ],
                apiAudience: "https://api.example", environment: nil)
            var settings = LoginSettings(
                issuer: server.issuer, clientID: try ClientID("app"), clientSecret: secret,
                baseURL: try EndpointURL(base, allowing: .loopback))
            settings.plaintext = .loopback
            settings.name = name
            settings.routes.initiateLogin = initiateLogin
            settings.routes.login = prefix + settings.routes.login
            settings.routes.callback = prefix + settings.routes.callback
            settings.routes.logout = prefix + settings.routes.logout
            flow = try LoginFlow(
                settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system),
                environment: LoginFlow.Environment(transport: server.transport))
        }

        var router: Router<BasicLoginRequestContext> {
            let router = Router(context: BasicLoginRequestContext.self)
            router.add(middleware: LoginMiddleware(flow) { $0.hasPrefix("/private") })
            router.get("/") { _, context in context.loginSession?.subject.text ?? "nobody" }
            router.get("private") { _, context in
                Response(
                    status: .ok, headers: [.cacheControl: "public, max-age=3600", .setCookie: "theme=dark"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: context.loginSession?.subject.text ?? "nobody")))
            }
            return router
        }

        /// Walks from an authorization URL to the callback; returns the target of the callback.
        func authorize(_ location: String) async throws -> String {
            let target = String(location.dropFirst("http://localhost:8081".count))
            let (_, first) = await ask(.get, at: target, cookie: "")
            let cookie = first.fields.values(named: "Set-Cookie").map { String($0.prefix { $0 != ";" }) }.joined(
                separator: "; ")
            let (path, form) = fields(of: first)
            let login = form + [("username", "alice"), ("password", AppFixture.password), ("action", "login")]
            let (loggedIn, consent) = await ask(.post, at: path, cookie: cookie, form: login)
            let (consentPath, consentForm) = fields(of: consent)
            let (_, done) = await ask(
                .post, at: consentPath, cookie: loggedIn, form: consentForm + [("action", "allow")])
            return done.fields.onlyValue(named: "Location").map { String($0.dropFirst("http://localhost:8080".count)) }
                ?? ""
        }

        /// Sends a request to the provider and follows its redirects to itself; returns the cookies too.
        private func ask(
            _ method: OAuthTypes.HTTPMethod, at target: String, cookie: String, form: [(String, String)] = []
        ) async -> (cookie: String, DevResponse) {
            let body = form.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
            let pairs = [
                ("Cookie", cookie), ("Accept", "text/html"), ("Origin", method == .post ? "http://localhost:8081" : ""),
                ("Content-Type", method == .post ? "application/x-www-form-urlencoded" : ""),
            ]
            let fields = pairs.compactMap { $0.1.isEmpty ? nil : HeaderField($0.0, $0.1) }
            let response = await server.respond(to: DevRequest(method, target, fields: fields, body: Array(body.utf8)))
            let set = response.fields.values(named: "Set-Cookie").map { String($0.prefix { $0 != ";" }) }
            let cookies = ([cookie] + set).filter { !$0.isEmpty }.joined(separator: "; ")
            guard let next = response.fields.onlyValue(named: "Location"), !next.contains("localhost:8080") else {
                return (cookies, response)
            }
            let path = next.hasPrefix("/") ? next : String(next.dropFirst("http://localhost:8081".count))
            return await ask(.get, at: path, cookie: set.isEmpty ? cookie : set.joined(separator: "; "))
        }

        private func fields(of response: DevResponse) -> (path: String, form: [(String, String)]) {
            let forms = parts(of: String(decoding: response.body, as: UTF8.self), from: "<form", to: "</form>")
            let page = forms.first { $0.contains("id=\"login\"") || $0.contains("id=\"consent\"") } ?? ""
            let action = parts(of: page, from: "action=\"", to: "\"").first ?? ""
            let inputs = parts(of: page, from: "<input", to: ">").filter {
                $0.contains("hidden") || $0.contains(" checked")
            }
            let form = inputs.map {
                (
                    parts(of: $0, from: "name=\"", to: "\"").first ?? "",
                    parts(of: $0, from: "value=\"", to: "\"").first ?? ""
                )
            }
            return (action.replacing("&amp;", with: "&"), form)
        }

        private func parts(of text: String, from start: String, to end: String) -> [String] {
            text.split(separator: start, omittingEmptySubsequences: false).dropFirst()
                .map { String($0.split(separator: end, maxSplits: 1, omittingEmptySubsequences: false)[0]) }
        }

        private func encoded(_ text: String) -> String {
            text.utf8.map {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) ? String(UnicodeScalar($0)) : hex($0)
            }
            .joined()
        }

        private func hex(_ octet: UInt8) -> String {
            "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
        }
    }

#endif
