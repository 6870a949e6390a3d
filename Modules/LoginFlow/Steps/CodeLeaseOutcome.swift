import OAuthTypes
import SessionStore
import WireFormats

/// What became of a login, kept for its duplicates: the browser that sent the callback twice gets the same answer.
enum CodeLeaseOutcome: Sendable {
    case session(SessionTicket, destination: String)
    case problem(FlowProblem)
}

/// What a duplicate finds.
enum CodeLeaseAnswer: Sendable {
    case pending
    case settled(CodeLeaseOutcome)
    /// Nothing was sent, and the login can go on.
    case givenBack
    case gone
}

extension CodeLeaseOutcome {
    func encoded(until end: UnixTime) -> [UInt8] {
        let object: JSONObject =
            switch self {
            case .session(let ticket, let destination):
                [
                    "end": .time(end), "session": .string(ticket.exposedText), "sessionEnd": .time(ticket.endsAt),
                    "sealed": .bool(ticket.isSealed), "to": .string(destination),
                ]
            case .problem(let problem): ["end": .time(end), "problem": .object(problem.stored)]
            }
        return Array(JSONWriter.text(.object(object)).utf8)
    }

    init?(decoding bytes: [UInt8], at now: UnixTime) {
        guard let object = try? JSONReader.object(bytes), let end = object["end"]?.timeValue, now < end else {
            return nil
        }
        if let problem = object["problem"]?.objectValue {
            guard let problem = FlowProblem(stored: problem) else { return nil }
            self = .problem(problem)
            return
        }
        guard let text = object["session"]?.stringValue, let endsAt = object["sessionEnd"]?.timeValue,
            let isSealed = object["sealed"]?.boolValue, let destination = object["to"]?.stringValue
        else { return nil }
        self = .session(
            SessionTicket(exposedText: text, endsAt: endsAt, isSealed: isSealed), destination: destination)
    }
}

extension FlowProblem {
    // `advice` is what stored answers call the detail: processes of two releases read each other's.
    fileprivate var stored: JSONObject {
        [
            "status": .number(JSONNumber(status)), "code": .string(code), "title": .string(title),
            "advice": .string(detail), "turn": .string(turn.rawValue), "cid": .string(correlationID),
        ]
    }

    fileprivate init?(stored object: JSONObject) {
        guard let status = object["status"]?.intValue, let code = object["code"]?.stringValue,
            let title = object["title"]?.stringValue, let detail = object["advice"]?.stringValue,
            let turn = object["turn"]?.stringValue.flatMap(Turn.init(rawValue:)),
            let correlationID = object["cid"]?.stringValue
        else { return nil }
        self.init(
            status: status, code: code, title: title, detail: detail, turn: turn,
            diagnosis: "answer of the callback that came first", correlationID: correlationID, retryPath: nil)
    }
}
