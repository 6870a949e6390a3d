import AuthURL
public import OAuthTypes

/// Several logins of one app: at several providers, or for several clients, on one origin or on an origin each.
///
/// It answers the paths of all of them, each request by the flow that it belongs to. Which flow lets a visitor in is
/// for the app to say, by ``LoginFlow/admit(_:requiring:)`` of that flow.
///
///     let logins = try LoginFlows([staff, guests])
///     if let route = logins.route(request) { return await logins.respond(to: request, on: route) }
///     return await staff.admit(request, requiring: .login)
public struct LoginFlows: Sendable {
    /// The flows, in the given order.
    public let flows: [LoginFlow]
    private let isOneOrigin: Bool

    /// Creates a closed list of flows.
    ///
    /// Flows of one origin need names and paths of their own. A callback path may be shared by providers that all promise
    /// the `iss` parameter in metadata given by hand: with another provider's response at a shared path, nothing else tells
    /// them apart (RFC 9700 §4.4).
    /// - Throws: `SettingsError` with everything that two of them have in common and must not.
    public init(_ flows: [LoginFlow]) throws(SettingsError) {
        let faults = flows.indices.flatMap { index in
            flows[..<index].flatMap { SharedOrigin($0.settings, flows[index].settings)?.faults ?? [] }
        }
        guard faults.isEmpty else { throw SettingsError(faults: faults) }
        self.flows = flows
        isOneOrigin = Set(flows.map(\.settings.baseURL.origin)).count <= 1
    }

    /// The flows of the origin that the request is for.
    ///
    /// Where all have one origin, `Host` has no say. Otherwise it chooses from the origins of the list, and from no others:
    /// a host that is not among them has no flow.
    public func flows(for request: BrowserRequest) -> [LoginFlow] {
        guard !isOneOrigin else { return flows }
        guard let host = request.fields.onlyValue(named: "Host")?.lowercased() else { return [] }
        return flows.filter { $0.settings.baseURL.origin.isNamed(host) }
    }

    /// Returns the route that a request belongs to; nil if the app answers it itself.
    public func route(_ request: BrowserRequest) -> LoginRoute? {
        flows(for: request).lazy.compactMap { $0.route(request.method, target: request.target) }.first
    }

    /// Answers a request by the flow that it belongs to. There is a reply to every request; it never throws.
    public func respond(to request: BrowserRequest, on route: LoginRoute) async -> BrowserReply {
        let candidates = flows(for: request).filter { $0.route(request.method, target: request.target) == route }
        guard let first = candidates.first else { return BrowserReply(status: 404) }
        guard candidates.count > 1 else { return await first.respond(to: request, on: route) }
        for flow in candidates where await flow.owns(request, on: route) {
            return await flow.respond(to: request, on: route)
        }
        return await first.respond(to: request, on: route)
    }
}

extension LoginFlow {
    /// Whether a request at a path that several flows have is this one's.
    fileprivate func owns(_ request: BrowserRequest, on route: LoginRoute) async -> Bool {
        switch route {
        case .callback: await hasLogin(of: request)
        case .afterLogout: cookies.isPresent(cookies.logout, in: request)
        case .initiateLogin: LoginInitiation(request, settings: settings) != nil
        case .login, .logout, .clientKeys: true
        }
    }

    private func hasLogin(of request: BrowserRequest) async -> Bool {
        guard cookies.hasPending(request), let arrived = try? ArrivedResponse(request),
            let state = try? await read(arrived).response.state
        else {
            return false
        }
        return cookies.pending(tag: PendingLogin.cookieTag(forState: state), in: request) != nil
    }
}

/// Two flows of one origin.
private struct SharedOrigin {
    let (first, second): (LoginSettings, LoginSettings)

    init?(_ first: LoginSettings, _ second: LoginSettings) {
        guard first.baseURL.origin == second.baseURL.origin else { return nil }
        (self.first, self.second) = (first, second)
    }

    var faults: [SettingFault] { [nameFault, clientFault, pathFault, callbackFault].compactMap(\.self) }

    private var nameFault: SettingFault? {
        guard first.name == second.name else { return nil }
        return SettingFault(
            setting: "name",
            problem: "two flows of one origin have \(first.name.map { "the name \($0)" } ?? "no name")",
            fix: "Give each flow on one origin another name, or each overwrites the other's cookies.")
    }

    // A session is bound to issuer and client. Two flows of one client would open each other's, whatever else they demand.
    private var clientFault: SettingFault? {
        guard first.issuer.text.utf8.elementsEqual(second.issuer.text.utf8), first.clientID == second.clientID else {
            return nil
        }
        return SettingFault(
            setting: "clientID", problem: "two flows of one origin are one client of one provider",
            fix: "Register a client for each flow: the sessions of one would be sessions of the other.")
    }

    private var pathFault: SettingFault? {
        let (routes, others) = (first.routes, second.routes)
        let shared = first.ownedPaths.first { path in
            second.ownedPaths.contains(path) && !(path == routes.callback && path == others.callback)
                && !(path == routes.initiateLogin && path == others.initiateLogin)
        }
        return shared.map { path in
            SettingFault(
                setting: "routes", problem: "two flows of one origin answer \(path)",
                fix: "Give each flow on one origin a login and a logout path of its own.")
        }
    }

    private var callbackFault: SettingFault? {
        guard first.routes.callback == second.routes.callback else { return nil }
        let isSameIssuer = first.issuer.text.utf8.elementsEqual(second.issuer.text.utf8)
        guard !isSameIssuer, !(first.promisesIssuer && second.promisesIssuer) else { return nil }
        return SettingFault(
            setting: "routes", problem: "two providers answer to the callback path \(first.routes.callback)",
            fix:
                "Give each provider a callback path of its own, and register it there: a response must not be taken for "
                + "another provider's (RFC 9700 §4.4).")
    }
}

extension LoginSettings {
    // Metadata that is fetched may promise less tomorrow.
    fileprivate var promisesIssuer: Bool {
        guard case .fixed(let metadata) = provider else { return false }
        return metadata.authorizationResponseIssParameterSupported
    }
}

extension Origin {
    /// Whether a `Host` field names this origin: with the port, or without it where it is the scheme's own.
    fileprivate func isNamed(_ host: String) -> Bool {
        let authority = String(description.dropFirst(scheme.utf8.count + 3))
        return host == authority || host == "\(self.host):\(port)"
    }
}
