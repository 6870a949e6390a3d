public import Hummingbird
public import LoginFlow
public import NIOCore

/// A request context that knows who is logged in. Add a stored `loginSession` to yours.
public protocol LoginRequestContext: RequestContext {
    /// The session of the request; nil for a visitor, and on routes in front of which no ``LoginMiddleware`` stands.
    var loginSession: LoginSession? { get set }
}

/// A context for apps that need nothing else in theirs.
public struct BasicLoginRequestContext: LoginRequestContext, RemoteAddressRequestContext {
    /// What every Hummingbird context holds.
    public var coreContext: CoreRequestContextStorage
    /// The session of the request; nil for a visitor.
    public var loginSession: LoginSession?
    /// The other end of the connection, which may be a proxy.
    public let remoteAddress: SocketAddress?

    /// Makes the context of a request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
