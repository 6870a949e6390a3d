package import OAuthTypes
package import WireFormats

extension StartedLogin {
    /// The claims of a request object with the parameters of this login (RFC 9101 §4).
    ///
    /// It names the issuer as its only audience, and it is valid for as long as a user may wait at the login page of a slow
    /// network, not for as long as the login itself.
    package func requestObjectClaims(identifier: String, now: UnixTime, lifetime: Int64) -> JSONObject {
        var claims: JSONObject = [
            "iss": .string(pending.clientID.text), "aud": .string(pending.issuer.text), "jti": .string(identifier),
            "iat": .time(now), "nbf": .time(now), "exp": .time(now.adding(seconds: lifetime)),
        ]
        // What the object says of itself is not for a parameter to say, and with a subject it could pass as a client assertion
        // (RFC 9101 §10.8).
        let own: Set<String> = ["iss", "aud", "jti", "iat", "nbf", "exp", "sub", "resource"]
        for field in parameters where !own.contains(field.name) { claims[field.name] = Self.claim(field) }
        let resources = parameters.filter { $0.name == "resource" }.map { JSONValue.string($0.value) }
        if !resources.isEmpty { claims["resource"] = resources.count == 1 ? resources[0] : .array(resources) }
        return claims
    }

    /// The parameters that stand beside a request object: those that OAuth 2.0 and OpenID Connect demand of every request
    /// (OpenID Connect Core §6.1).
    package func parameters(besides requestObject: CompactJWS) -> [FormField] {
        parameters.filter { ["response_type", "client_id", "scope"].contains($0.name) }
            + [FormField(name: "request", value: requestObject.exposedText)]
    }

    /// The parameters that refer to a pushed request (RFC 9126 §4).
    package func parameters(referringTo requestURI: String) -> [FormField] {
        [
            FormField(name: "client_id", value: pending.clientID.text),
            FormField(name: "request_uri", value: requestURI),
        ]
    }

    // JSON stays JSON, and a number a number (RFC 9101 §4); what an extra parameter holds is text.
    private static func claim(_ field: FormField) -> JSONValue {
        switch field.name {
        case "max_age": Int(field.value).map { .number(JSONNumber($0)) } ?? .string(field.value)
        case "claims": (try? JSONReader.object(Array(field.value.utf8))).map { .object($0) } ?? .string(field.value)
        case "authorization_details": (try? JSONReader.value(Array(field.value.utf8))) ?? .string(field.value)
        default: .string(field.value)
        }
    }
}
