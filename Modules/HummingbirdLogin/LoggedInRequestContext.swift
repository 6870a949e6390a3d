#if Hummingbird

    public import Hummingbird
    public import LoginFlow

    /// The context of a route behind `requireLogin()`: there is a session, and everything that the app's own context has.
    @dynamicMemberLookup
    public struct LoggedInRequestContext<ParentContext: LoginRequestContext>: ChildRequestContext {
        /// The storage of every Hummingbird context.
        public var coreContext: CoreRequestContextStorage
        /// The session of the user.
        public let session: LoginSession
        private let parent: ParentContext

        /// Creates the context of a request.
        /// - Throws: An error for a visitor, which ``LoginMiddleware`` turns into a login.
        public init(context: ParentContext) throws {
            session = try context.requireSession()
            coreContext = context.coreContext
            parent = context
        }

        /// What the app's own context has.
        public subscript<Value>(dynamicMember path: KeyPath<ParentContext, Value>) -> Value { parent[keyPath: path] }

        /// The largest body to decode, in octets.
        public var maxUploadSize: Int { parent.maxUploadSize }
        /// Decodes requests.
        public var requestDecoder: ParentContext.Decoder { parent.requestDecoder }
        /// Encodes responses.
        public var responseEncoder: ParentContext.Encoder { parent.responseEncoder }
    }

    extension RouterMethods where Context: LoginRequestContext {
        /// Returns a group whose routes only logged-in users reach: `context.session` is never nil there.
        ///
        /// ```swift
        /// let account = router.group("account").requireLogin()
        /// account.get { _, context in "Hello, \(context.session.subject.text)" }
        /// ```
        /// Visitors are sent to the login and come back to the page they wanted; a script gets 401. The router needs
        /// `addLogin` before this: without it the routes answer 500 and say why.
        public func requireLogin() -> RouterGroup<LoggedInRequestContext<Context>> {
            group(context: LoggedInRequestContext<Context>.self)
        }
    }

#endif
