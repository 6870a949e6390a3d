public import Hummingbird
public import LoginFlow

/// A request context that knows who is logged in. Add a stored `loginSession` to yours.
public protocol LoginRequestContext: RequestContext {
    /// The session of the request; nil for a visitor, and on routes in front of which no ``LoginMiddleware`` stands.
    var loginSession: Session? { get set }
}

/// A context for apps that need nothing else in theirs.
public struct BasicLoginRequestContext: LoginRequestContext {
    /// What every Hummingbird context holds.
    public var coreContext: CoreRequestContextStorage
    /// The session of the request; nil for a visitor.
    public var loginSession: Session?

    /// Makes the context of a request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
