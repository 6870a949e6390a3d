#if Hummingbird

    public import Hummingbird
    public import JOSE

    /// The context of a route behind `requireScope`: the claims of the access token, and everything that the app's own
    /// context has.
    @dynamicMemberLookup
    public struct AuthorizedRequestContext<ParentContext: RequestContext>: RequestContext {
        /// No connection makes this context; the guard of the group does.
        public typealias Source = Never

        /// The storage of every Hummingbird context.
        public var coreContext: CoreRequestContextStorage
        /// The claims of the verified access token.
        public let accessToken: AccessTokenClaims
        private let parent: ParentContext

        init(_ accessToken: AccessTokenClaims, in context: ParentContext) {
            self.accessToken = accessToken
            coreContext = context.coreContext
            parent = context
        }

        /// Never called: nothing is a `Never`.
        public init(source: Never) { switch source {} }

        /// What the app's own context has.
        public subscript<Value>(dynamicMember path: KeyPath<ParentContext, Value>) -> Value { parent[keyPath: path] }

        /// The largest body to decode, in octets.
        public var maxUploadSize: Int { parent.maxUploadSize }
        /// Decodes requests.
        public var requestDecoder: ParentContext.Decoder { parent.requestDecoder }
        /// Encodes responses.
        public var responseEncoder: ParentContext.Encoder { parent.responseEncoder }
    }

#endif
