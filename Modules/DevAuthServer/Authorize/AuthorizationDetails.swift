import OAuthTypes
import WireFormats

/// What a request asks for in detail: objects, each with a type that the app is registered for (RFC 9396 §2).
struct AuthorizationDetails: Hashable, Sendable {
    let objects: [JSONObject]

    static let none = AuthorizationDetails(objects: [])

    var types: [String] { objects.compactMap { $0["type"]?.stringValue } }

    var json: JSONValue { .array(objects.map(JSONValue.object)) }

    private init(objects: [JSONObject]) { self.objects = objects }

    /// Why details are refused; `invalid_authorization_details` everywhere (RFC 9396 §5).
    struct DetailsError: Error {
        static let code = "invalid_authorization_details"
        let reason: String
    }

    /// Reads the parameter; nothing is asked for without it.
    init(_ text: String?, allowing types: [String]) throws(DetailsError) {
        guard let text else {
            objects = []
            return
        }
        guard let elements = (try? JSONReader.value(Array(text.utf8)))?.arrayValue, !elements.isEmpty else {
            throw DetailsError(reason: "authorization_details is not an array of objects")
        }
        let found = elements.compactMap(\.objectValue)
        guard found.count == elements.count, found.allSatisfy({ $0["type"]?.stringValue != nil }) else {
            throw DetailsError(reason: "an element of authorization_details has no type")
        }
        objects = found
        guard self.types.allSatisfy({ type in types.contains { $0.hasSameOctets(as: type) } }) else {
            throw DetailsError(reason: "the app is not registered for a type in authorization_details")
        }
    }

    /// The part of these details that a token request asks for (RFC 9396 §6); all of them if it does not say.
    func narrowed(to text: String?, allowing types: [String]) throws(DetailsError) -> AuthorizationDetails {
        guard let text else { return self }
        let asked = try AuthorizationDetails(text, allowing: types)
        guard asked.objects.allSatisfy(objects.contains) else {
            throw DetailsError(reason: "authorization_details exceeds what was granted")
        }
        return asked
    }
}
