import OAuthTypes
import WireFormats

extension DevResponse {
    static func json(_ members: JSONObject, status: Int = 200, fields: [HeaderField] = []) -> DevResponse {
        let type = HeaderField(literal: "Content-Type", value: "application/json")
        return DevResponse(status: status, fields: [type] + fields, body: JSONWriter.bytes(members))
    }

    /// See Other: the browser continues with GET, whatever its request was (RFC 9700 §4.12).
    static func redirect(to location: String) -> DevResponse {
        DevResponse(status: 303, fields: [HeaderField("Location", location)].compactMap(\.self))
    }

    static func page(
        _ html: HTML, status: Int, formTargets: [Origin], script: String? = nil
    ) -> DevResponse {
        let type = HeaderField(literal: "Content-Type", value: "text/html; charset=utf-8")
        // Browsers apply form-action to the redirects that follow a form, so the app's origin has to be listed.
        let targets = formTargets.map { " \($0)" }.joined()
        let scripts = script.map { "script-src \($0); " } ?? ""
        let policy = HeaderField(
            "Content-Security-Policy",
            "default-src 'none'; style-src \(PageStyle.source); \(scripts)form-action 'self'\(targets); "
                + "frame-ancestors 'none'; base-uri 'none'")
        return DevResponse(status: status, fields: [type] + [policy].compactMap(\.self), body: Array(html.text.utf8))
    }

    static func methodNotAllowed(_ allowed: String) -> DevResponse {
        DevResponse(status: 405, fields: [HeaderField("Allow", allowed)].compactMap(\.self))
    }

    func settingCookie(_ name: String, to value: String, maxAge: Int? = nil, secure: Bool) -> DevResponse {
        guard let cookie = try? SetCookie(name: name, value: value, maxAge: maxAge, secure: secure),
            let field = HeaderField("Set-Cookie", cookie.text)
        else { return self }
        var response = self
        response.fields.append(field)
        return response
    }

    /// Adds the header fields that every response carries.
    func sealed() -> DevResponse {
        var response = self
        if response.fields.values(named: "Content-Security-Policy").isEmpty {
            response.fields.append(
                HeaderField(literal: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'"))
        }
        response.fields += [
            HeaderField(literal: "X-Login-Flow-Development", value: "true"),
            HeaderField(literal: "Cache-Control", value: "no-store"),
            HeaderField(literal: "Referrer-Policy", value: "no-referrer"),
            HeaderField(literal: "X-Content-Type-Options", value: "nosniff"),
        ]
        return response
    }
}
