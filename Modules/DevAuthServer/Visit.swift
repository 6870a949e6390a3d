import OAuthTypes
import WireFormats

/// A parsed request.
struct Visit: Sendable {
    let method: HTTPMethod
    let path: String
    let query: Parameters
    let form: Parameters
    let fields: [HeaderField]
    /// The value of the cookie that ties pages to this browser.
    let browser: String?
    /// The value of the session cookie.
    let session: String?

    /// The parameters of an endpoint that takes GET and POST.
    var parameters: Parameters { method == .post ? form : query }

    var sessionDigest: TokenDigest? { session.map(TokenDigest.init) }
}

/// Why a request could not be parsed.
enum MalformedRequestError: Error {
    case target, elsewhere, tooLong, body, host

    var status: Int {
        switch self {
        case .target, .body: 400
        case .elsewhere: 404
        case .tooLong: 413
        case .host: 421
        }
    }

    var words: String {
        switch self {
        case .target: "The address is malformed."
        case .elsewhere: "This server has no such page."
        case .tooLong: "The request is larger than this server accepts."
        case .body: "The form is malformed."
        case .host: "This server answers on loopback names only."
        }
    }
}

extension Visit {
    private static let maximumTargetOctets = 16_384
    private static let maximumBodyOctets = 65_536

    init(_ request: DevRequest, basePath: String, cookies: CookieNames) throws(MalformedRequestError) {
        guard request.target.utf8.count <= Self.maximumTargetOctets, request.body.count <= Self.maximumBodyOctets else {
            throw .tooLong
        }
        guard Self.isForLoopback(request.fields) else { throw .host }
        let parts = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = parts.first, path.hasPrefix("/") else { throw .target }
        guard path.hasPrefix(basePath + "/") else { throw .elsewhere }
        method = request.method
        self.path = String(path.dropFirst(basePath.count))
        query = try Self.parameters(parts.count > 1 ? Array(parts[1].utf8) : [], orThrow: .target)
        form = try Self.isForm(request.fields) ? Self.parameters(request.body, orThrow: .body) : .none
        fields = request.fields
        let jar = CookieHeader.parse(request.fields.values(named: "Cookie"))
        browser = Self.only(cookies.browser, in: jar)
        session = Self.only(cookies.session, in: jar)
    }

    private static func parameters(_ octets: [UInt8], orThrow fault: MalformedRequestError)
        throws(MalformedRequestError)
        -> Parameters
    {
        do { return Parameters(try FormEncoding.decode(octets)) } catch { throw fault }
    }

    private static func isForm(_ fields: [HeaderField]) -> Bool {
        let mediaType = fields.onlyValue(named: "Content-Type")?.split(separator: ";").first
        return mediaType?.lowercased().trimmingSpaces == "application/x-www-form-urlencoded"
    }

    // A foreign name that resolves to loopback (DNS rebinding) would make this server readable for a foreign page.
    private static func isForLoopback(_ fields: [HeaderField]) -> Bool {
        fields.values(named: "Host").allSatisfy { host in
            (try? EndpointURL("http://\(host)/", allowing: .loopback))?.path == "/"
        }
    }

    private static func only(_ name: String, in jar: [CookiePair]) -> String? {
        let found = jar.filter { $0.name == name && !$0.value.isEmpty }
        return found.count == 1 ? found[0].value : nil
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text.drop { $0 == " " })
    }
}
