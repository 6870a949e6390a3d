import AuthURL
import Discovery
import JOSE
import OAuthTypes
import WireFormats

/// An authorization response and the way it came: in the query of a GET, or in the form of a POST, as parameters or as one
/// signed parameter.
struct ArrivedResponse {
    enum Content {
        case plain(AuthorizationResponse)
        case signed(RawJARMResponse)
    }

    let content: Content
    let mode: AuthorizationRequest.ResponseMode
    /// The fields that a page of the app may post once more; nil if the app's own page posted them, or no person would
    /// see the page.
    let repeatable: [FormField]?

    // The page's own field. A response that lacks its login although it has this one is not posted again.
    private static let mark = FormField(name: "reposted", value: "1")
    private static let shown: Set<String> = ["error_description", "error_uri"]
    private static let read = shown.union(["code", "state", "iss", "error", "response", "user"])

    /// - Throws: ``AuthorizationResponseValidationError``, or ``NoFormError`` for a body of another type.
    init(_ request: BrowserRequest) throws {
        guard request.method == .post else {
            content = try Self.content(Array(request.query.utf8))
            (mode, repeatable) = (content.isSigned ? .queryJWT : .query, nil)
            return
        }
        let type = MediaType.essence(request.fields)
        guard type == "application/x-www-form-urlencoded" else { throw NoFormError(type: type) }
        content = try Self.content(request.body)
        mode = content.isSigned ? .formPostJWT : .formPost
        let fields = (try? FormEncoding.decode(request.body, showing: Self.shown).fields) ?? []
        let isOwn = fields.contains(Self.mark)
        repeatable = isOwn || request.prefersJSON ? nil : fields.filter { Self.read.contains($0.name) } + [Self.mark]
    }

    // A signed response says everything itself: other parameters beside it count for nothing, except that there may be one only.
    private static func content(_ form: [UInt8]) throws -> Content {
        guard form.count <= FormLimits.standard.octets,
            let fields = try? FormEncoding.decode(form, showing: shown).fields,
            let signed = fields.first(where: { $0.name.hasSameOctets(as: "response") })
        else { return .plain(try AuthorizationResponse(form: form)) }
        guard fields.count(where: { $0.name.hasSameOctets(as: "response") }) == 1 else {
            throw AuthorizationResponseValidationError.duplicateParameter("response")
        }
        return .signed(RawJARMResponse(signed.value))
    }

    /// What the provider did otherwise than `login` asked. A signed response where a plain one was asked for is no worse; the
    /// other way round is no deviation but a refusal.
    func deviations(from login: PendingLogin) -> [ProviderDeviation] {
        guard login.responseMode != mode else { return [] }
        let form: StaticString? =
            switch (login.responseMode, mode) {
            case (.formPost, .query): "query where form_post was asked for"
            case (.query, .formPost): "form_post where query was asked for"
            case (.queryJWT, .formPostJWT): "form_post.jwt where query.jwt was asked for"
            case (.formPostJWT, .queryJWT): "query.jwt where form_post.jwt was asked for"
            case (_, .queryJWT), (_, .formPostJWT): "signed where a plain response was asked for"
            default: nil
            }
        return form.map { [ProviderDeviation(.authorizationResponse, "response_mode", form: $0)] } ?? []
    }
}

extension ArrivedResponse.Content {
    var isSigned: Bool {
        if case .signed = self { true } else { false }
    }
}

/// The body of a POST to the callback is no form.
struct NoFormError: Error {
    /// Its media type; untrusted, short and printable.
    let type: String
}

extension LoginFlow {
    /// Has the browser post the response once more, from a page of the app: a POST that another site begins carries no
    /// cookie that is `SameSite=Lax`, so it does not find its login.
    func repost(_ fields: [FormField]) -> BrowserReply {
        let kept = fields.filter { $0.name != "user" || settings.takesUserOfFormPost }
        let form = ProviderForm(response: kept, to: settings.routes.callback)
        return page(.providerForm(form), status: 200, script: form.script)
    }
}

extension FlowProblem {
    /// A response that could not be read.
    static func unreadable(_ error: any Error, correlationID: String) -> FlowProblem {
        switch error {
        case let error as AuthorizationResponseValidationError: .callback(error, correlationID: correlationID)
        case let error as NoFormError: .noForm(error.type, correlationID: correlationID)
        case let error as TokenValidationError: .signedResponse(error, correlationID: correlationID)
        case let error as DiscoveryError: .completing(error, correlationID: correlationID)
        default: .noForm("", correlationID: correlationID)
        }
    }

    /// A signed response that does not verify. Whoever wrote it, no login is behind it yet.
    private static func signedResponse(_ error: TokenValidationError, correlationID: String) -> FlowProblem {
        if case .keysUnavailable(let cause) = error.reason, (cause as? KeyError)?.mayPass == true {
            return FlowProblem(
                .providerAway, code: "callback_keys_unavailable", diagnosis: "\(error)", correlationID: correlationID)
        }
        return FlowProblem(
            .startAgain, code: "callback_response_refused", diagnosis: "\(error)", correlationID: correlationID)
    }

    private static func noForm(_ type: String, correlationID: String) -> FlowProblem {
        FlowProblem(
            status: 415, code: "callback_no_form",
            title: "The login service answered in a way that this site does not take",
            detail: "You cannot fix this. Please tell the people who run this site, with the reference below.",
            turn: .operator,
            diagnosis:
                "a POST reached the callback with the media type '\(type)'; a response by form_post is "
                + "application/x-www-form-urlencoded (OAuth 2.0 Form Post Response Mode §2)",
            correlationID: correlationID)
    }
}
