import AuthURL
import OAuthTypes
import WireFormats

/// An authorization response and the way it came: in the query of a GET, or in the form of a POST.
struct ArrivedResponse {
    let response: AuthorizationResponse
    let mode: AuthorizationRequest.ResponseMode
    /// The fields that a page of the app may post once more; nil if the app's own page posted them, or no person would
    /// see the page.
    let repeatable: [FormField]?

    // The page's own field. A response that lacks its login although it has this one is not posted again.
    private static let mark = FormField(name: "reposted", value: "1")
    private static let shown: Set<String> = ["error_description", "error_uri"]
    private static let read = shown.union(["code", "state", "iss", "error"])

    /// - Throws: ``AuthorizationResponseValidationError``, or ``NoFormError`` for a body of another type.
    init(_ request: BrowserRequest) throws {
        guard request.method == .post else {
            (response, mode, repeatable) = (
                try AuthorizationResponse(query: String(request.query)), .query, nil
            )
            return
        }
        let type = MediaType.essence(request.fields)
        guard type == "application/x-www-form-urlencoded" else { throw NoFormError(type: type) }
        response = try AuthorizationResponse(form: request.body)
        mode = .formPost
        let fields = (try? FormEncoding.decode(request.body, showing: Self.shown).fields) ?? []
        let isOwn = fields.contains(Self.mark)
        repeatable = isOwn || request.prefersJSON ? nil : fields.filter { Self.read.contains($0.name) } + [Self.mark]
    }

    /// What the provider did otherwise than `login` asked.
    func deviations(from login: PendingLogin) -> [ProviderDeviation] {
        switch (login.responseMode, mode) {
        case (.formPost, .query):
            [ProviderDeviation(.authorizationResponse, "response_mode", form: "query where form_post was asked for")]
        case (.query, .formPost):
            [ProviderDeviation(.authorizationResponse, "response_mode", form: "form_post where query was asked for")]
        case (.query, .query), (.formPost, .formPost): []
        }
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
        let form = ProviderForm(response: fields, to: settings.routes.callback)
        return page(.providerForm(form), status: 200, script: form.script)
    }
}

extension FlowProblem {
    /// A response that could not be read.
    static func unreadable(_ error: any Error, correlationID: String) -> FlowProblem {
        switch error {
        case let error as AuthorizationResponseValidationError: .callback(error, correlationID: correlationID)
        case let error as NoFormError: .noForm(error.type, correlationID: correlationID)
        default: .noForm("", correlationID: correlationID)
        }
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
