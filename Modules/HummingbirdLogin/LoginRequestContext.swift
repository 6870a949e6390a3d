#if Hummingbird

    public import Hummingbird
    public import LoginFlow
    public import NIOCore

    /// A request context with the session of the user. Add a stored `loginSession` to your own context.
    public protocol LoginRequestContext: RequestContext {
        /// The session of the request; nil for a visitor, and on routes without a ``LoginMiddleware``.
        var loginSession: LoginSession? { get set }
    }

    extension LoginRequestContext {
        /// The session of the request, for the `init(context:)` of your own child context.
        /// - Throws: An error for a visitor, which ``LoginMiddleware`` answers: a navigation goes to the login and comes back,
        ///   a script gets 401.
        public func requireSession() throws -> LoginSession {
            guard let loginSession else { throw LoginRequiredError() }
            return loginSession
        }
    }

    /// A context for apps that need nothing else in it.
    public struct BasicLoginRequestContext: LoginRequestContext, RemoteAddressRequestContext {
        /// The storage of every Hummingbird context.
        public var coreContext: CoreRequestContextStorage
        /// The session of the request; nil for a visitor.
        public var loginSession: LoginSession?
        /// The address of the peer, which may be a proxy.
        public let remoteAddress: SocketAddress?

        /// Creates the context of a request.
        public init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
            remoteAddress = source.channel.remoteAddress
        }
    }

#endif
