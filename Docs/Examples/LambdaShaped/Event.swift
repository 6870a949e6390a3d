import LoginFlow
import OAuthTypes
import WireFormats

// The payload format 2.0 of Amazon API Gateway, which function URLs use as well.

extension BrowserRequest {
    /// Nil if the event is none of an HTTP request, or has what no browser sends.
    init?(event: JSONValue) {
        guard let event = event.objectValue, let http = event["requestContext"]?.objectValue?["http"]?.objectValue,
            let method = http["method"]?.stringValue.flatMap({ HTTPMethod($0) }),
            let path = event["rawPath"]?.stringValue, let body = event.body
        else { return nil }
        let query = event["rawQueryString"]?.stringValue ?? ""
        let fields = event.fields.map { HeaderField($0.name, $0.value) }
        guard !fields.contains(nil) else { return nil }
        self.init(
            method, target: query.isEmpty ? path : "\(path)?\(query)", fields: fields.compactMap(\.self), body: body)
        client = http["sourceIp"]?.stringValue.flatMap { ClientAddress($0) }
    }
}

extension JSONObject {
    /// Cookies come apart from the other fields.
    fileprivate var fields: [(name: String, value: String)] {
        let others = (self["headers"]?.objectValue?.members ?? []).map { ($0.name, $0.value.stringValue ?? "") }
        let cookies = (self["cookies"]?.arrayValue ?? []).compactMap(\.stringValue)
        return cookies.isEmpty ? others : others + [("cookie", cookies.joined(separator: "; "))]
    }

    fileprivate var body: [UInt8]? {
        let text = self["body"]?.stringValue ?? ""
        guard self["isBase64Encoded"]?.boolValue == true else { return Array(text.utf8) }
        let alphabet: [Character: Character] = ["+": "-", "/": "_"]
        return Base64URL.decode(String(text.filter { $0 != "=" }.map { alphabet[$0] ?? $0 }))
    }
}

extension BrowserReply {
    /// The reply as the result of a function. Its pages are text.
    var result: JSONValue {
        var headers: JSONObject = [:]
        var cookies: [JSONValue] = []
        for field in fields {
            guard !field.isNamed("Set-Cookie") else {
                cookies.append(.string(field.value))
                continue
            }
            let before = headers[field.name]?.stringValue.map { $0 + ", " } ?? ""
            headers[field.name] = .string(before + field.value)
        }
        return .object([
            "statusCode": .number(JSONNumber(status)), "headers": .object(headers), "cookies": .array(cookies),
            "body": .string(String(decoding: body, as: UTF8.self)), "isBase64Encoded": false,
        ])
    }
}
