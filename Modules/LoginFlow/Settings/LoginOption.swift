import AuthURL
import OAuthTypes
import WireFormats

/// A parameter that the login's address may have, and that goes on to the provider: `/login?screen_hint=signup`.
///
/// Whoever makes a link to the login chooses its value, so each is limited: what does not fit is left out, and the login
/// goes on without it.
///
///     settings.loginOptions = [.loginHint, .screenHint, .connection.accepting(["google-oauth2", "github"])]
public struct LoginOption: Sendable, Hashable {
    enum Rule: Sendable, Hashable {
        /// 1 to 320 octets without control characters.
        case text
        /// Up to eight language tags.
        case languages
        /// Values of `prompt`.
        case prompt
        /// One word of 1 to 128 octets, for a parameter without a property.
        case word
        /// One word of 1 to 128 octets of ASCII, for a property of Auth0's.
        case auth0
    }

    /// The name of the parameter, in the address and in the request.
    public let name: String
    /// The accepted values; nil: any that fits.
    public private(set) var values: [String]?
    let rule: Rule

    /// `login_hint`: who is about to log in, such as an address; up to 320 octets.
    public static let loginHint = LoginOption("login_hint", .text)
    /// `ui_locales`: up to eight language tags, best first.
    public static let uiLocales = LoginOption("ui_locales", .languages)
    /// `prompt`: `login`, `consent`, `select_account` or `create`; never `none`.
    public static let prompt = LoginOption(
        "prompt", .prompt, accepting: ["login", "consent", "select_account", "create"])
    /// `screen_hint`: which page comes first at the provider, such as `signup` (Auth0).
    public static let screenHint = LoginOption("screen_hint", .auth0)
    /// `connection`: where the provider itself sends the user to log in (Auth0).
    public static let connection = LoginOption("connection", .auth0)
    /// `organization`: the organization to log in to (Auth0).
    public static let organization = LoginOption("organization", .auth0)
    /// `invitation`: the ticket of an invitation to ``organization``, which the link in its mail has too (Auth0).
    public static let invitation = LoginOption("invitation", .auth0)

    /// A parameter of your provider, with the values that the address may choose from.
    public static func parameter(_ name: String, accepting values: [String]) -> LoginOption {
        LoginOption(name, .word, accepting: values)
    }

    /// The same parameter, for these values only.
    public func accepting(_ values: [String]) -> LoginOption { LoginOption(name, rule, accepting: values) }

    private init(_ name: String, _ rule: Rule, accepting values: [String]? = nil) {
        self.name = name
        self.rule = rule
        self.values = values
    }
}

extension LoginOption {
    /// A value that the address has chosen, and that fits.
    struct Choice: Sendable {
        let option: LoginOption
        let value: String

        init?(_ option: LoginOption, _ value: String) {
            guard option.accepts(value) else { return nil }
            self.option = option
            self.value = value
        }

        /// Sets the property of the request, if there is one.
        func set(in request: inout AuthorizationRequest) {
            let words = value.split(separator: " ").map(String.init)
            switch option.rule {
            case .text: request.loginHint = value
            case .languages: request.uiLocales = words
            case .prompt: request.prompt = words.map(AuthorizationRequest.Prompt.init)
            case .auth0: setAuth0(in: &request)
            case .word: return
            }
        }

        private func setAuth0(in request: inout AuthorizationRequest) {
            switch option.name {
            case "connection": request.connection = value
            case "organization": request.organization = try? Organization(value)
            case "invitation": request.invitation = value
            case "screen_hint": request.screenHint = value
            default: return
            }
        }

        /// Adds a parameter without a property, unless there is one of its name.
        func add(to request: inout AuthorizationRequest) throws(AuthorizationRequestError) {
            guard option.rule == .word, !request.extras.contains(where: { $0.name == option.name }) else { return }
            try request.addExtra(option.name, value: value)
        }
    }

    /// The choices in a query: a parameter that occurs twice, or whose value does not fit, is none.
    static func choices(of options: [LoginOption], in query: Substring) -> [Choice] {
        guard !options.isEmpty, let fields = try? FormEncoding.decode(query) else { return [] }
        return options.compactMap { option in fields.onlyValue(named: option.name).flatMap { Choice(option, $0) } }
    }

    fileprivate func accepts(_ value: String) -> Bool {
        switch rule {
        case .text: fits(value, within: 320) && isListed(value)
        case .word: fits(value, within: 128) && !value.contains(" ") && isListed(value)
        case .auth0:
            (1...128).contains(value.utf8.count) && value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                && isListed(value)
        case .languages: fits(value, within: 128) && all(value, atMost: 8, LoginOption.isLanguage)
        case .prompt: fits(value, within: 64) && all(value, atMost: 3) { $0 != "none" }
        }
    }

    private func all(_ value: String, atMost count: Int, _ isFit: (Substring) -> Bool) -> Bool {
        let words = value.split(separator: " ", omittingEmptySubsequences: false)
        return words.count <= count && words.allSatisfy { !$0.isEmpty && isFit($0) && isListed(String($0)) }
    }

    private func isListed(_ value: String) -> Bool { values.map { $0.contains(value) } ?? true }

    private func fits(_ value: String, within octets: Int) -> Bool {
        (1...octets).contains(value.utf8.count)
            && value.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
    }

    // RFC 5646 §2.1: subtags of up to eight letters and digits.
    private static func isLanguage(_ tag: Substring) -> Bool {
        tag.utf8.count <= 35
            && tag.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }
            }
    }
}

extension LoginSettings {
    /// What is wrong with ``loginOptions`` and ``silentLoginPause``.
    var wishFaults: [SettingFault] { loginOptions.compactMap(fault(of:)) + repeatedOptions + pauseFaults }

    private func fault(of option: LoginOption) -> SettingFault? {
        if option.values?.isEmpty == true || option.values?.contains(where: { $0.isEmpty || $0.contains(" ") }) == true
        {
            return SettingFault(
                setting: "loginOptions", problem: "'\(option.name)' accepts no value, or one that is no single word",
                fix: "Name the values that the login's address may choose from.")
        }
        guard option.rule == .word, option.name == "returnTo" || isReserved(option.name) else { return nil }
        return SettingFault(
            setting: "loginOptions", problem: "the flow itself writes '\(option.name)'",
            fix: "Leave it to the flow, or set it in the prepare hook.")
    }

    private func isReserved(_ name: String) -> Bool {
        guard let redirectURI = try? url(path: "/"), let scope = try? Scope(["openid"]) else { return false }
        var request = AuthorizationRequest(clientID: clientID, redirectURI: redirectURI, scope: scope)
        do { try request.addExtra(name, value: "x") } catch { return true }
        return false
    }

    private var repeatedOptions: [SettingFault] {
        let names = loginOptions.map(\.name)
        guard Set(names).count < names.count else { return [] }
        return [
            SettingFault(
                setting: "loginOptions", problem: "two of them have one name",
                fix: "Give one option for each parameter, with all its values.")
        ]
    }

    private var pauseFaults: [SettingFault] {
        guard let pause = silentLoginPause, !(.seconds(60)...(.seconds(2_592_000))).contains(pause) else { return [] }
        return [
            SettingFault(
                setting: "silentLoginPause", problem: "it is out of bounds",
                fix: "Use 60 s to 30 days; an hour is usual.")
        ]
    }
}
