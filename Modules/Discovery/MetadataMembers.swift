import OAuthTypes
import WireFormats

/// The members of a discovery document. Unreadable members are recorded as deviations.
struct MetadataMembers {
    let object: JSONObject
    private(set) var deviations: [ProviderDeviation]

    init(_ object: JSONObject, deviations: [ProviderDeviation]) {
        self.object = object
        self.deviations = deviations
    }

    /// The member; nil when it is absent or `null`.
    mutating func value(_ name: String) -> JSONValue? {
        guard let value = object[name] else { return nil }
        guard value != .null else { return absent(name, form: "null, taken for absent") }
        return value
    }

    /// The URL of an optional endpoint; nil if there is no usable one.
    mutating func endpoint(_ name: String, allowing plaintext: PlaintextHTTP) -> EndpointURL? {
        guard let value = value(name) else { return nil }
        guard let text = value.stringValue else { return absent(name, form: "not a text, taken for absent") }
        guard !text.isEmpty else { return absent(name, form: "an empty text, taken for absent") }
        guard let url = try? EndpointURL(text, allowing: plaintext) else {
            return absent(name, form: "not a URL that may be used, taken for absent")
        }
        return url
    }

    /// The endpoints of `mtls_endpoint_aliases` (RFC 8705 §5).
    mutating func aliases(allowing plaintext: PlaintextHTTP) -> MTLSEndpointAliases {
        var aliases = MTLSEndpointAliases()
        guard let value = value("mtls_endpoint_aliases") else { return aliases }
        guard let object = value.objectValue else {
            note("mtls_endpoint_aliases", form: "not an object, taken for absent")
            return aliases
        }
        var members = MetadataMembers(object, deviations: deviations)
        aliases.tokenEndpoint = members.endpoint("token_endpoint", allowing: plaintext)
        aliases.revocationEndpoint = members.endpoint("revocation_endpoint", allowing: plaintext)
        aliases.pushedAuthorizationRequestEndpoint = members.endpoint(
            "pushed_authorization_request_endpoint", allowing: plaintext)
        aliases.userinfoEndpoint = members.endpoint("userinfo_endpoint", allowing: plaintext)
        deviations = members.deviations
        return aliases
    }

    /// A list that is only a hint; nil if it is absent or unreadable. A string counts as one value, or as several if it
    /// contains `separator`.
    mutating func list(_ name: String, separator: Character? = nil) -> [String]? {
        guard let value = value(name) else { return nil }
        if let texts = texts(value) { return texts }
        guard let text = value.stringValue else { return absent(name, form: "not a list of texts, taken for absent") }
        guard !text.isEmpty else { return absent(name, form: "an empty text, taken for absent") }
        note(name, form: "a text instead of a list")
        return separator.map { text.split(separator: $0).map(String.init) } ?? [text]
    }

    /// A list that a check may depend on; nil if it is absent, empty if it is unreadable.
    mutating func strictList(_ name: String) -> [String]? {
        guard let value = value(name) else { return nil }
        if let texts = texts(value) { return texts }
        guard let text = value.stringValue, !text.isEmpty else {
            note(name, form: "not a list of texts, nothing in it is believed")
            return []
        }
        note(name, form: "a text instead of a list")
        return [text]
    }

    /// Whether a check is enabled: only `false`, `null` and absence mean no.
    mutating func demand(_ name: String) -> Bool {
        guard let value = value(name) else { return false }
        guard let flag = value.boolValue else {
            note(name, form: "neither true nor false, taken for true")
            return true
        }
        return flag
    }

    private func texts(_ value: JSONValue) -> [String]? {
        guard let elements = value.arrayValue else { return nil }
        let texts = elements.compactMap(\.stringValue)
        return texts.count == elements.count ? texts : nil
    }

    private mutating func note(_ name: String, form: StaticString) {
        deviations.note(ProviderDeviation(.metadata, name, form: form))
    }

    private mutating func absent<Value>(_ name: String, form: StaticString) -> Value? {
        note(name, form: form)
        return nil
    }
}
