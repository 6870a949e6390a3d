/// One step of the flow, without any secret: for logs, metrics and the sequence diagram.
public struct FlowEvent: Sendable {
    /// Who takes part in a login.
    public enum Party: String, Sendable, CaseIterable {
        /// The user, with a browser.
        case browser
        /// The web app that the SDK is part of.
        case webApp
        /// The OpenID provider.
        case authorizationServer
        /// The API that the access token is for.
        case api
    }

    /// The ten steps of the authorization code flow.
    public enum Step: Int, Sendable, CaseIterable, Comparable {
        /// 1: the user clicks Login.
        case loginRequested = 1
        /// 2: the app sends the browser to the authorization endpoint.
        case redirectedToProvider
        /// 3: the provider asks the user to log in.
        case loginPrompted
        /// 4: the user logs in and consents.
        case userAuthenticated
        /// 5: the provider sends the browser back with a code.
        case codeReceived
        /// 6: the app sends code, client ID and secret to the token endpoint.
        case tokensRequested
        /// 7: the provider checks code, client ID and secret.
        case grantChecked
        /// 8: ID token, access token and, if asked for, a refresh token come back and are verified.
        case tokensReceived
        /// 9: the app calls the API with the access token.
        case apiCalled
        /// 10: the API answers.
        case apiAnswered

        /// Whether `left` comes before `right`.
        public static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
    }

    /// A named value that may be shown.
    public struct Detail: Sendable, Hashable {
        /// The name on the wire, such as `client_id`.
        public let name: String
        /// The value; `•••` and a few octets of context if the real one is secret.
        public let value: String

        /// Creates a detail whose value is not secret.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        /// Creates a detail for a secret: only its presence is shown.
        public static func secret(_ name: String) -> Detail { Detail(name, "•••") }
    }

    /// What happened, such as `login.requested`, `login.refused`, `session.started`, `session.ended`; or
    /// `session.open_failed`: a session record cannot be opened, because its key was removed or it is damaged.
    public var name: String
    /// Which of the ten steps it is, if any.
    public var step: Step?
    /// Who acted.
    public var from: Party
    /// On whom.
    public var to: Party
    /// When.
    public var at: UnixTime
    /// How long it took, if that is meaningful.
    public var duration: Duration?
    /// Shared by the events of one login or one refused request; shown to users on error pages.
    public var correlationID: String
    /// The details, without secrets.
    public var details: [Detail]

    /// Creates an event.
    public init(
        _ name: String, step: Step? = nil, from: Party, to: Party, at: UnixTime, duration: Duration? = nil,
        correlationID: String, details: [Detail] = []
    ) {
        self.name = name
        self.step = step
        self.from = from
        self.to = to
        self.at = at
        self.duration = duration
        self.correlationID = correlationID
        self.details = details
    }
}

/// Receives the events of the flow. An implementation must not fail or block, and may be called from any number of
/// tasks at once.
public protocol FlowObserver: Sendable {
    /// Receives `event`.
    func record(_ event: FlowEvent)
}
