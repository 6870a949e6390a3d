import DevAuthServer
import WireFormats

/// How a fault changes the messages of an honest provider; what is nil stays as it is.
struct Recipe: Sendable {
    typealias Edit<Message> = @Sendable (inout Message, Scene) -> Void

    /// A request, before the honest server sees it.
    var request: Edit<DevRequest>?
    /// The metadata document.
    var metadata: Edit<JSONObject>?
    /// The published keys.
    var keys: Edit<[JSONObject]>?
    /// The parameters of an authorization response.
    var response: Edit<[FormField]>?
    /// A signed authorization response.
    var signedResponse: Edit<ForgedToken>?
    /// The ID token of a token response.
    var idToken: Edit<ForgedToken>?
    /// The members of a token response.
    var tokens: Edit<JSONObject>?
    /// The claims of a UserInfo response.
    var userInfo: Edit<JSONObject>?
    /// The members of the answer to a pushed request.
    var pushed: Edit<JSONObject>?
    /// A whole answer, after everything else, with the endpoint that gave it.
    var answer: (@Sendable (inout DevResponse, Endpoint, Scene) -> Void)?

    static func idToken(_ edit: @escaping @Sendable (inout ForgedToken) -> Void) -> Recipe {
        Recipe(idToken: { token, _ in edit(&token) })
    }

    /// Sets a claim of the ID token; nil leaves it out.
    static func claim(_ name: String, _ value: JSONValue?) -> Recipe { .idToken { $0.claims[name] = value } }

    static func signedResponse(_ edit: @escaping @Sendable (inout ForgedToken) -> Void) -> Recipe {
        Recipe(signedResponse: { token, _ in edit(&token) })
    }

    static func response(_ edit: @escaping @Sendable (inout [FormField]) -> Void) -> Recipe {
        Recipe(response: { fields, _ in edit(&fields) })
    }

    static func tokens(_ edit: @escaping @Sendable (inout JSONObject) -> Void) -> Recipe {
        Recipe(tokens: { tokens, _ in edit(&tokens) })
    }

    static func metadata(_ edit: @escaping @Sendable (inout JSONObject) -> Void) -> Recipe {
        Recipe(metadata: { document, _ in edit(&document) })
    }

    static func userInfo(_ edit: @escaping @Sendable (inout JSONObject) -> Void) -> Recipe {
        Recipe(userInfo: { claims, _ in edit(&claims) })
    }

    /// Changes the whole answer of one endpoint.
    static func answer(
        of changed: Endpoint, _ edit: @escaping @Sendable (inout DevResponse, Scene) -> Void
    ) -> Recipe {
        Recipe(answer: { answer, endpoint, scene in if endpoint == changed { edit(&answer, scene) } })
    }
}
