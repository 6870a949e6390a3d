public import OAuthTypes
import WireFormats

/// A request to the token or revocation endpoint while it is built. It contains secrets and is never printed.
public struct TokenRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// The form's parameters in order.
    public var parameters: [(name: String, value: String)]
    /// Header fields in addition to those that the endpoint writes itself.
    public var fields: [HeaderField]

    /// A request that carries `parameters` in its form and `fields` in its head.
    public init(parameters: [(name: String, value: String)] = [], fields: [HeaderField] = []) {
        self.parameters = parameters
        self.fields = fields
    }

    /// The type alone.
    public var description: String { "TokenRequest" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    var form: [UInt8] {
        Array(FormEncoding.encode(parameters.map { FormField(name: $0.name, value: $0.value) }).utf8)
    }

    // RFC 6749 §2.3: one authentication method a request; §3.2: no parameter twice, but for RFC 8707 §2.
    var isWellFormed: Bool {
        let names = parameters.map(\.name).filter { $0 != "resource" }
        let credentials = names.count { $0 == "client_secret" || $0 == "client_assertion" }
        return Set(names).count == names.count && credentials + fields.values(named: "Authorization").count <= 1
    }
}
