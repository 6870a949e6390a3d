import AuthURL
import OAuthTypes
import WireFormats

// Login that another site begins (OpenID Connect Core §4).
extension LoginFlow {
    /// Begins a login for a user whom the provider, or a portal of its, sent here: with `iss`, which must be the flow's
    /// issuer, and perhaps `login_hint` and `target_link_uri`. Anything else is ignored.
    func initiate(_ request: BrowserRequest) async -> BrowserReply {
        guard [.get, .post].contains(request.method) else { return refuseMethod(of: request, on: .initiateLogin) }
        guard request.mayBeNavigation else { return loginNeeded() }
        guard let initiation = LoginInitiation(request, settings: settings) else {
            return refuse(request, with: .initiationRefused(correlationID: makeCorrelationID()))
        }
        // A POST from another site has no cookies: the login begins with a GET, which has them.
        guard request.method == .get else { return again(initiation) }
        record(
            "login.initiated", from: .authorizationServer, to: .webApp, correlationID: makeCorrelationID(),
            details: [.init("target", initiation.target.rawValue)]
                + (initiation.hint == nil ? [] : [.secret("login_hint")]))
        let wish = LoginWish(choices: [initiation.hint].compactMap(\.self))
        return await startLogin(request, returningTo: initiation.returnPath, wanting: wish)
    }

    private func again(_ initiation: LoginInitiation) -> BrowserReply {
        let path = settings.routes.initiateLogin ?? settings.routes.login
        let parts = [initiation.fields, Array(initiation.fields.prefix(2)), Array(initiation.fields.prefix(1))]
        let replies = parts.map { BrowserReply.redirect(to: path + "?" + FormEncoding.encode($0)) }
        return replies.first { $0.fits(beside: privateFields) } ?? .redirect(to: settings.routes.login)
    }
}

/// What a login begun elsewhere asks for, as far as it is accepted.
struct LoginInitiation {
    /// What became of `target_link_uri`.
    enum Target: String {
        case none, accepted
        case refused = "not on this origin"
    }

    let hint: LoginOption.Choice?
    let target: Target
    let returnPath: ReturnPath
    private let issuer: Issuer

    /// Nil unless `iss` stands there once and is the issuer, octet for octet.
    init?(_ request: BrowserRequest, settings: LoginSettings) {
        let isForm = MediaType.essence(request.fields) == "application/x-www-form-urlencoded"
        guard request.method == .get || isForm else { return nil }
        let fields =
            try? request.method == .get ? FormEncoding.decode(request.query) : FormEncoding.decode(request.body)
        guard let fields, let named = fields.onlyValue(named: "iss"),
            named.utf8.elementsEqual(settings.issuer.text.utf8)
        else { return nil }
        issuer = settings.issuer
        hint = fields.onlyValue(named: "login_hint").flatMap { LoginOption.Choice(.loginHint, $0) }
        guard fields.contains(where: { $0.name == "target_link_uri" }) else {
            (target, returnPath) = (.none, .root)
            return
        }
        let path = fields.onlyValue(named: "target_link_uri").flatMap { ReturnPath(target: $0, on: settings) }
        (target, returnPath) = (path == nil ? .refused : .accepted, path ?? .root)
    }

    /// The same once more, the least important last.
    var fields: [FormField] {
        [
            FormField(name: "iss", value: issuer.text), hint.map { FormField(name: "login_hint", value: $0.value) },
            target == .accepted ? FormField(name: "target_link_uri", value: returnPath.text) : nil,
        ].compactMap(\.self)
    }
}

extension ReturnPath {
    /// The path of a URL on the app's own origin, or of one without an origin; nil for any other.
    fileprivate init?(target: String, on settings: LoginSettings) {
        guard !target.hasPrefix("/") else {
            guard let path = ReturnPath(target) else { return nil }
            self = path.avoiding(settings.ownedPaths)
            return
        }
        guard target.utf8.count <= 4_096, let mark = target.firstRange(of: "://") else { return nil }
        let end = target[mark.upperBound...].firstIndex { "/?#".contains($0) } ?? target.endIndex
        let url = try? EndpointURL(String(target[..<end]), allowing: settings.plaintext)
        guard let url, url.origin == settings.baseURL.origin else { return nil }
        let rest = target[end...]
        guard let path = ReturnPath(rest.hasPrefix("/") ? String(rest) : "/" + rest) else { return nil }
        self = path.avoiding(settings.ownedPaths)
    }
}

extension FlowProblem {
    fileprivate static func initiationRefused(correlationID: String) -> FlowProblem {
        FlowProblem(
            status: 400, code: "initiation_refused", title: "This login was not meant for this site",
            detail:
                "Another site asked for a login with a login service that is not used here. You can log in from the start.",
            turn: .user, diagnosis: "a login was initiated without 'iss', or with another issuer than the flow's",
            correlationID: correlationID)
    }
}
