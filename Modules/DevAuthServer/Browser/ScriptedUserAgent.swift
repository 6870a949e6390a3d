package import OAuthTypes
package import WireFormats

/// A browser small enough to read: redirects, cookies by host, forms, and the pages' form-action policy. No sockets:
/// every origin has a handler. It runs no scripts, but submits a form that the page's own script submits, as those of
/// authorization responses by form_post. Copying the value forks the browser.
package struct ScriptedUserAgent: Sendable {
    package struct Request: Sendable {
        package let method: HTTPMethod
        package let target: String
        package let fields: [HeaderField]
        package let body: [UInt8]
    }

    package struct Response: Sendable {
        package let status: Int
        package let fields: [HeaderField]
        package let body: [UInt8]

        package init(status: Int, fields: [HeaderField], body: [UInt8]) {
            self.status = status
            self.fields = fields
            self.body = body
        }
    }

    /// The page that the browser ends on.
    package struct Page: Sendable {
        package let url: EndpointURL
        package let response: Response
        /// Where the page leads, if no handler answers there.
        package let unfollowed: EndpointURL?

        package var status: Int { response.status }
        package var text: String { String(decoding: response.body, as: UTF8.self) }
        package var forms: [ScriptedForm] { ScriptedForm.all(in: text) }

        /// Whether the script right after the first form submits it.
        var submitsItself: Bool {
            text.contains("</form><script>document.currentScript.previousElementSibling.submit()")
        }

        /// The text of the first element with this id, up to the next tag.
        package func text(of id: String) -> String? {
            guard let start = text.firstRange(of: " id=\"\(id)\">")?.upperBound else { return nil }
            return String(text[start...].prefix { $0 != "<" })
        }

        /// The values of a parameter of ``unfollowed``.
        package func parameters(_ name: String) -> [String] {
            let fields = (try? FormEncoding.decode(unfollowed?.query ?? "")) ?? []
            return fields.filter { $0.name == name }.map(\.value)
        }
    }

    package enum NavigationError: Error {
        case noHandler(Origin), badLocation, tooManyRedirects, noForm(String), noField(String)
        /// A browser would have stopped here: the page's form-action does not list this origin.
        case formBlocked(Origin)
    }

    package typealias Handler = @Sendable (Request) async throws -> Response

    /// One request and the status of its response, for assertions on the way.
    package struct Hop: Sendable {
        package let method: HTTPMethod
        package let url: EndpointURL
        package let status: Int
    }

    package private(set) var hops: [Hop] = []
    package var cookies: [String: [String: String]] = [:]
    private let handlers: [Origin: Handler]

    package init(_ handlers: [Origin: Handler]) { self.handlers = handlers }

    /// Opens an address as if it had been typed.
    package mutating func open(_ url: String) async throws -> Page {
        try await walk(Step(.get, try EndpointURL(url, allowing: .loopback)), from: nil)
    }

    /// Submits the form with this id, its hidden fields kept, by the button `action=…`.
    package mutating func submit(
        _ id: String, on page: Page, filling values: [String: String] = [:], action: String
    ) async throws -> Page {
        guard let form = page.forms.first(where: { $0.id == id }) else { throw NavigationError.noForm(id) }
        return try await submit(form, on: page, filling: values, button: FormField(name: "action", value: action))
    }

    /// Submits the form, its hidden fields kept, by a button with a name or by one without.
    package mutating func submit(
        _ form: ScriptedForm, on page: Page, filling values: [String: String], button: FormField?
    ) async throws -> Page {
        let known = form.fields.map(\.name) + form.optionalFields
        if let name = values.keys.sorted().first(where: { !known.contains($0) }) { throw NavigationError.noField(name) }
        var fields = form.fields.map { FormField(name: $0.name, value: values[$0.name] ?? $0.value) }
        fields += form.optionalFields.compactMap { name in values[name].map { FormField(name: name, value: $0) } }
        if let button { fields.append(button) }
        return try await walk(try Self.step(submitting: form, on: page, fields: fields), from: page)
    }

    private static func step(submitting form: ScriptedForm, on page: Page, fields: [FormField]) throws -> Step {
        let url = try resolve(form.action, against: page.url)
        var step = Step(.post, url)
        if form.isPosted {
            step.body = Array(FormEncoding.encode(fields).utf8)
        } else {
            let address = url.text.prefix { $0 != "?" } + "?" + FormEncoding.encode(fields)
            step = Step(.get, try EndpointURL(String(address), allowing: .loopback))
        }
        step.allowed = formTargets(of: page)
        return step
    }

    /// Sends a request as a script of the origin's own pages does: with its cookies, and without following a redirect.
    package mutating func send(
        _ method: HTTPMethod, _ url: EndpointURL, fields: [HeaderField], body: [UInt8]
    ) async throws -> Response {
        var step = Step(method, url)
        step.body = body
        let pairs = [
            ("Accept", "application/json"), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "empty"),
            ("Sec-Fetch-Site", "same-origin"), ("Host", "\(url.origin.host):\(url.origin.port)"),
        ]
        let own =
            pairs.filter { fields.values(named: $0.0).isEmpty } + [cookiePair(for: url.origin.host)].compactMap(\.self)
        return try await exchange(step, fields: own.compactMap { HeaderField($0, $1) } + fields)
    }

    /// Fills in the development server's login page.
    package mutating func logIn(on page: Page, as username: String, password: String) async throws -> Page {
        try await submit("login", on: page, filling: ["username": username, "password": password], action: "login")
    }

    private struct Step {
        var method: HTTPMethod
        var url: EndpointURL
        var body: [UInt8] = []
        var allowed: Set<Origin>?

        init(_ method: HTTPMethod, _ url: EndpointURL) {
            self.method = method
            self.url = url
        }
    }

    private mutating func walk(_ first: Step, from page: Page?) async throws -> Page {
        var next = try await land(first, from: page)
        for _ in 0..<5 {
            guard next.submitsItself, let form = next.forms.first else { return next }
            let step = try Self.step(submitting: form, on: next, fields: form.fields.map(FormField.init))
            guard handlers[step.url.origin] != nil else { return next }
            next = try await land(step, from: next)
        }
        throw NavigationError.tooManyRedirects
    }

    /// Follows redirects only.
    private mutating func land(_ first: Step, from page: Page?) async throws -> Page {
        var step = first
        for _ in 0..<20 {
            if let allowed = step.allowed, !allowed.contains(step.url.origin) {
                throw NavigationError.formBlocked(step.url.origin)
            }
            let response = try await exchange(step, fields: fields(of: step, from: page))
            guard (301...308).contains(response.status), let location = response.fields.onlyValue(named: "Location")
            else { return Page(url: step.url, response: response, unfollowed: nil) }
            let next = try Self.resolve(location, against: step.url)
            if let allowed = step.allowed, !allowed.contains(next.origin) {
                throw NavigationError.formBlocked(next.origin)
            }
            guard handlers[next.origin] != nil else { return Page(url: step.url, response: response, unfollowed: next) }
            if response.status < 307 { (step.method, step.body) = (.get, []) }
            step.url = next
        }
        throw NavigationError.tooManyRedirects
    }

    private mutating func exchange(_ step: Step, fields: [HeaderField]) async throws -> Response {
        guard let handler = handlers[step.url.origin] else { throw NavigationError.noHandler(step.url.origin) }
        let target = (step.url.path.isEmpty ? "/" : step.url.path) + (step.url.query.map { "?\($0)" } ?? "")
        let response = try await handler(
            Request(method: step.method, target: target, fields: fields, body: step.body))
        hops.append(Hop(method: step.method, url: step.url, status: response.status))
        keepCookies(of: response, host: step.url.origin.host)
        return response
    }

    private func cookiePair(for host: String) -> (String, String)? {
        let jar = cookies[host] ?? [:]
        return jar.isEmpty ? nil : ("Cookie", jar.map { "\($0)=\($1)" }.sorted().joined(separator: "; "))
    }

    private func fields(of step: Step, from page: Page?) -> [HeaderField] {
        let origin = step.url.origin
        let site = page.map {
            $0.url.origin == origin ? "same-origin" : $0.url.origin.host == origin.host ? "same-site" : "cross-site"
        }
        var pairs = [
            ("Host", "\(origin.host):\(origin.port)"), ("Accept", "text/html"), ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Site", site ?? "none"),
        ]
        if let pair = cookiePair(for: origin.host) { pairs.append(pair) }
        if step.method == .post, let page {
            let isSilent = page.response.fields.values(named: "Referrer-Policy") == ["no-referrer"]
            pairs.append(("Origin", isSilent ? "null" : page.url.origin.description))
            pairs.append(("Content-Type", "application/x-www-form-urlencoded"))
        }
        return pairs.compactMap { HeaderField($0, $1) }
    }

    private mutating func keepCookies(of response: Response, host: String) {
        for value in response.fields.values(named: "Set-Cookie") {
            let parts = value.split(separator: ";").map { $0.drop { $0 == " " } }
            guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else { continue }
            let isExpired = parts.contains { $0.lowercased() == "max-age=0" }
            cookies[host, default: [:]][String(pair[..<equals])] =
                isExpired ? nil : String(pair[pair.index(after: equals)...])
        }
    }

    private static func resolve(_ location: String, against base: EndpointURL) throws -> EndpointURL {
        if let url = try? EndpointURL(location, allowing: .loopback) { return url }
        guard let url = location.isEmpty ? base : base.resolving(location) else { throw NavigationError.badLocation }
        return url
    }

    /// The origins of the page's `form-action`; nil if its policy has none.
    private static func formTargets(of page: Page) -> Set<Origin>? {
        let directives = page.response.fields.values(named: "Content-Security-Policy").flatMap {
            $0.split(separator: ";")
        }
        let words = directives.map { $0.split(separator: " ") }.first { $0.first == "form-action" }
        return words.map { words in
            Set(
                words.dropFirst().compactMap { word in
                    word == "'self'" ? page.url.origin : (try? EndpointURL(String(word), allowing: .loopback))?.origin
                })
        }
    }
}
