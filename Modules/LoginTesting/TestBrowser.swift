public import DevAuthServer
public import LoginFlow
public import OAuthTypes
import WireFormats

/// A browser for tests: it follows redirects between the app and a `DevAuthServer`, keeps cookies, and fills in forms.
///
///     var browser = try TestBrowser(for: flow, server: server) { request in await app.answer(request) }
///     try await browser.open("/account")
///     try await browser.logIn(as: alice)
///     #expect(browser.page?.status == 200)
///
/// It opens no sockets. Cookies are kept by host, as browsers keep them: all ports share them. As browsers do, it sends
/// Fetch Metadata and obeys the `form-action` of a page. It runs no scripts and loads no images, but goes on where a page
/// posts its form by itself, as in a response by `form_post`. A copy of the value is
/// another browser with the same cookies.
///
/// Where `LOGIN_ENV` says `production`, it cannot be created.
public struct TestBrowser: Sendable {
    /// Answers a request to the app, as its web framework would.
    public typealias App = @Sendable (BrowserRequest) async throws -> BrowserReply

    /// A request that was sent, and the status code of its response.
    public struct Exchange: Sendable {
        /// The method.
        public let method: HTTPMethod
        /// The address.
        public let url: EndpointURL
        /// The status code of the response.
        public let status: Int
    }

    /// The page that is open; nil before the first.
    public private(set) var page: TestPage?
    private var shown: ScriptedUserAgent.Page?
    private var agent: ScriptedUserAgent
    private let base: EndpointURL

    /// Creates a browser without cookies.
    /// - Parameters:
    ///   - flow: the app's login; its base URL is the app's address.
    ///   - server: the provider. Without it, the browser stops at the redirect to the provider: see
    ///     ``TestPage/unfollowed``.
    ///   - app: answers requests to the app.
    /// - Throws: ``LoginTestingError/production`` where `LOGIN_ENV` of this process says so.
    public init(
        for flow: LoginFlow, server: DevAuthServer? = nil, app: @escaping App
    ) throws(LoginTestingError) {
        try ProductionRefusal.check()
        base = flow.settings.baseURL
        var handlers: [Origin: ScriptedUserAgent.Handler] = [:]
        if let server { handlers[server.issuer.origin] = { await server.answer($0) } }
        handlers[base.origin] = { request in
            let reply = try await app(
                BrowserRequest(request.method, target: request.target, fields: request.fields, body: request.body))
            return ScriptedUserAgent.Response(status: reply.status, fields: reply.fields, body: reply.body)
        }
        agent = ScriptedUserAgent(handlers)
    }

    /// The requests so far, redirects included.
    public var exchanges: [Exchange] { agent.hops.map { Exchange(method: $0.method, url: $0.url, status: $0.status) } }

    /// The app's cookies as the `Cookie` field carries them.
    public var cookie: String {
        (agent.cookies[base.origin.host] ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: "; ")
    }

    /// Opens a path of the app, or a URL, as if it had been typed, and follows redirects.
    /// - Throws: ``LoginTestingError``, or what the app's handler throws.
    @discardableResult
    public mutating func open(_ address: String) async throws -> TestPage {
        let url = try self.address(address)
        return try await showing { agent in try await agent.open(url.text) }
    }

    /// Submits a form of the open page. Its other inputs keep their values.
    /// - Parameters:
    ///   - id: the form's `id`; nil for the page's first form.
    ///   - values: what to fill in, by the fields' names.
    ///   - button: the button to press, if it has a name.
    /// - Throws: ``LoginTestingError``, or what the app's handler throws.
    @discardableResult
    public mutating func submit(
        _ id: String? = nil, filling values: [String: String] = [:], pressing button: TestButton? = nil
    ) async throws -> TestPage {
        guard let shown else { throw LoginTestingError.noPage }
        guard let form = shown.forms.first(where: { id == nil || $0.id == id }) else {
            throw LoginTestingError.noForm(id: id ?? "")
        }
        let field = button.map { FormField(name: $0.name, value: $0.value) }
        return try await showing { agent in
            try await agent.submit(form, on: shown, filling: values, button: field)
        }
    }

    /// Sends a request as a script of the app's pages does: with the app's cookies, accepting JSON, and without
    /// following a redirect. The open page stays.
    /// - Throws: ``LoginTestingError``, or what the app's handler throws.
    public mutating func send(
        _ address: String, method: HTTPMethod = .get, fields: [HeaderField] = [], body: [UInt8] = []
    ) async throws -> BrowserReply {
        let url = try self.address(address)
        do {
            let response = try await agent.send(method, url, fields: fields, body: body)
            return BrowserReply(status: response.status, fields: response.fields, body: response.body)
        } catch let error as ScriptedUserAgent.NavigationError { throw LoginTestingError(error) }
    }
}

extension TestBrowser {
    /// What the user does on the consent page.
    public enum Consent: String, Hashable, Sendable {
        /// Allows what the app asks for.
        case allow
        /// Denies it.
        case deny
    }

    /// Logs in on the login page of the `DevAuthServer`, which has to be open, and answers the consent page if it follows.
    /// - Parameters:
    ///   - account: who logs in.
    ///   - option: how: with the password, with the code that the server shows, or through its test identity provider.
    ///   - consent: what the user does on the consent page.
    ///   - scopes: the scope values that the user leaves out there.
    /// - Throws: ``LoginTestingError``, or what the app's handler throws.
    @discardableResult
    public mutating func logIn(
        as account: DevAccount, by option: DevLoginOption = .password, consent: Consent = .allow,
        leavingOut scopes: [String] = []
    ) async throws -> TestPage {
        let next = try await prove(account, by: option)
        guard next.forms.contains(where: { $0.id == "consent" }) else { return next }
        // A box without a value counts as one without a check.
        let boxes = scopes.map { ("scope.\($0)", "") }
        return try await submit(
            "consent", filling: Dictionary(boxes) { first, _ in first }, pressing: .action(consent.rawValue))
    }

    private mutating func prove(_ account: DevAccount, by option: DevLoginOption) async throws -> TestPage {
        switch option {
        case .password:
            let values = ["username": account.username, "password": account.password.exposedText]
            return try await submit("login", filling: values, pressing: .action("login"))
        case .emailCode:
            try await submit("send-code", filling: ["email": account.email], pressing: .action("send"))
            let code = shown?.text(of: "login-code") ?? ""
            return try await submit("enter-code", filling: ["code": code], pressing: .action("login"))
        case .testProvider:
            try await submit("provider")
            return try await submit("choose", pressing: TestButton(name: "account", value: account.username))
        }
    }

    /// Puts the cookies of a user whom ``TestLogin`` logged in into this browser.
    public mutating func use(_ user: LoggedInUser) {
        for pair in CookieHeader.parse([user.cookie]) {
            agent.cookies[base.origin.host, default: [:]][pair.name] = pair.value
        }
    }

    private func address(_ text: String) throws(LoginTestingError) -> EndpointURL {
        if let url = try? EndpointURL(text, allowing: .loopback) { return url }
        guard text.hasPrefix("/"), let url = base.resolving(text) else { throw .address(text) }
        return url
    }

    private mutating func showing(
        _ step: (inout ScriptedUserAgent) async throws -> ScriptedUserAgent.Page
    ) async throws -> TestPage {
        do {
            let next = try await step(&agent)
            let page = TestPage(next)
            (shown, self.page) = (next, page)
            return page
        } catch let error as ScriptedUserAgent.NavigationError { throw LoginTestingError(error) }
    }
}

extension LoginTestingError {
    fileprivate init(_ error: ScriptedUserAgent.NavigationError) {
        self =
            switch error {
            case .noHandler(let origin): .noHandler(origin)
            case .badLocation: .badLocation
            case .tooManyRedirects: .tooManyRedirects
            case .noForm(let id): .noForm(id: id)
            case .noField(let name): .noField(name: name)
            case .formBlocked(let origin): .formBlocked(origin)
            }
    }
}

extension DevAuthServer {
    fileprivate func answer(_ request: ScriptedUserAgent.Request) async -> ScriptedUserAgent.Response {
        let response = await respond(
            to: DevRequest(request.method, request.target, fields: request.fields, body: request.body))
        return ScriptedUserAgent.Response(status: response.status, fields: response.fields, body: response.body)
    }
}
