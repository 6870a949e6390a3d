/// Why the flow could not go on, in terms of who can do something about it.
public struct FlowProblem: Error, Sendable {
    /// Whose turn it is.
    public enum Turn: String, Sendable {
        /// The user can go on.
        case user
        /// The people who run the app have to act.
        case `operator`
        /// Waiting helps.
        case wait
    }

    /// The status code of the answer.
    public let status: Int
    /// A stable name for the failure, such as `callback_state_mismatch`.
    public let code: String
    /// What happened, in one line for the user.
    public let title: String
    /// What happened and what to do, for the user.
    public let detail: String
    /// Whose turn it is.
    public let turn: Turn
    /// What the operator needs to know. Never shown to users; holds no secret.
    public let diagnosis: String
    /// Finds the matching events; shown to the user.
    public let correlationID: String
    /// Where the user can try again, if that makes sense.
    public internal(set) var retryPath: String?

    /// Describes a failure. The texts are shown to users, ``diagnosis`` to observers only; none may hold a secret.
    public init(
        status: Int, code: String, title: String, detail: String, turn: Turn, diagnosis: String, correlationID: String,
        retryPath: String? = nil
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.turn = turn
        self.diagnosis = diagnosis
        self.correlationID = correlationID
        self.retryPath = retryPath
    }
}
