package import WireFormats

/// A URL that sends the browser to the provider: an endpoint with a whole request in its query. It may be longer than an
/// ``EndpointURL``, and it holds what belongs into no log, so nothing prints it.
public struct FrontChannelURL: Sendable, CustomStringConvertible, CustomReflectable {
    /// Where it leads.
    public let origin: Origin
    /// The URL as it goes into a `Location` field: for the browser alone.
    public let exposedText: String

    /// `endpoint` with `fields` added to its query. Its own parameters stay.
    package init(adding fields: [FormField], to endpoint: EndpointURL) {
        origin = endpoint.origin
        exposedText = endpoint.addingQuery(fields)
    }

    /// `endpoint` with `fields` in its query. Its own parameters stay where no field has their name.
    package init(setting fields: [FormField], in endpoint: EndpointURL) {
        origin = endpoint.origin
        exposedText = endpoint.settingQuery(fields)
    }

    /// Names the origin alone.
    public var description: String { "FrontChannelURL(\(origin))" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
