import DevAuthServer
public import OAuthTypes

/// A page that a ``TestBrowser`` shows.
public struct TestPage: Sendable {
    /// The address at which the browser ended, after all redirects.
    public let url: EndpointURL
    /// The status code.
    public let status: Int
    /// The header fields.
    public let fields: [HeaderField]
    /// The body.
    public let body: [UInt8]
    /// Where the page redirects to, if the browser has no handler for that origin.
    public let unfollowed: EndpointURL?

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The forms in order. A simple scan finds them: every attribute has to be in double quotes.
    public var forms: [TestForm] { ScriptedForm.all(in: text).map(TestForm.init) }

    init(_ page: ScriptedUserAgent.Page) {
        url = page.url
        status = page.response.status
        fields = page.response.fields
        body = page.response.body
        unfollowed = page.unfollowed
    }
}

/// A form of a page.
public struct TestForm: Sendable {
    /// The form's `id`; empty if it has none.
    public let id: String
    /// The form's `action` as written.
    public let action: String
    /// The inputs in order, with the values they come with. Buttons and boxes without a check are not among them.
    public let fields: [(name: String, value: String)]

    init(_ form: ScriptedForm) {
        id = form.id
        action = form.action
        fields = form.fields
    }
}

/// A button with a name, which a form sends with its fields.
public struct TestButton: Hashable, Sendable {
    /// The button's `name`.
    public let name: String
    /// The button's `value`.
    public let value: String

    /// Creates a button.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// A button named `action`, as on the pages of `DevAuthServer`.
    public static func action(_ value: String) -> TestButton { TestButton(name: "action", value: value) }
}
