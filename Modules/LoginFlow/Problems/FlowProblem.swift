/// Why the flow could not go on, and who can act.
///
/// ``title`` and ``detail`` are for the user, ``diagnosis`` is for the operator only.
public struct FlowProblem: Error, Sendable {
    /// Who can act.
    public enum Turn: String, Sendable {
        /// The user can go on.
        case user
        /// The operator of the app has to act.
        case `operator`
        /// Trying again later helps.
        case wait
    }

    /// The status code of the response.
    public let status: Int
    /// A stable name for the failure, such as `callback_state_mismatch`.
    public let code: String
    /// What happened, in one line for the user.
    public let title: String
    /// What happened and what to do, for the user.
    public let detail: String
    /// Who can act.
    public let turn: Turn
    /// The cause, for the operator only: never shown to users, and without secrets.
    public let diagnosis: String
    /// Finds the matching events; shown to the user as the reference.
    public let correlationID: String
    /// Where the user can try again, if that makes sense.
    public internal(set) var retryPath: String?

    /// Creates a problem. The texts are shown to users, ``diagnosis`` to observers only; none may hold a secret.
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
