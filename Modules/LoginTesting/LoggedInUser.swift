public import LoginFlow
public import OAuthTypes
import WireFormats

/// A user who is logged in: the session, and the cookies that a browser would send.
public struct LoggedInUser: Sendable {
    /// The session as `admit` returns it, with the claims and the CSRF token.
    public let session: LoginSession
    /// The value of the `Cookie` field: one cookie, or several if the session is in cookies and takes more.
    public let cookie: String

    /// The header fields to add to a request.
    public var fields: [HeaderField] { [HeaderField("Cookie", cookie)].compactMap(\.self) }

    /// Returns a request of this user's browser: a navigation, unless `fields` accept something else than HTML.
    /// - Parameters:
    ///   - target: path and query.
    ///   - method: the method.
    ///   - fields: further header fields.
    ///   - form: the fields of a form body. Add `"csrf_token": user.session.csrfToken` where the app requires it.
    public func request(
        _ target: String, method: HTTPMethod = .get, fields: [HeaderField] = [],
        form: KeyValuePairs<String, String> = [:]
    ) -> BrowserRequest {
        let accept = fields.values(named: "Accept").isEmpty ? [HeaderField("Accept", "text/html")] : []
        let type = form.isEmpty ? [] : [HeaderField("Content-Type", "application/x-www-form-urlencoded")]
        let body = FormEncoding.encode(form.map { FormField(name: $0.key, value: $0.value) })
        return BrowserRequest(
            method, target: target, fields: self.fields + (accept + type).compactMap(\.self) + fields,
            body: Array(body.utf8))
    }
}

extension LoggedInUser: CustomStringConvertible, CustomReflectable {
    /// The user and the issuer, no cookies.
    public var description: String { session.description }

    /// Shows nothing of the cookies.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
