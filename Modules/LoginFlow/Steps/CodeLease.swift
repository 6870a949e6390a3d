import AuthURL
import OAuthTypes
import SessionStore
import WireFormats

/// The result of a login, kept for its duplicates: a browser that sends the callback twice gets the same response.
enum CodeLeaseOutcome: Sendable {
    case session(SessionTicket, destination: String)
    case problem(FlowProblem)
}

/// Code leases: the right to send a login's code, which the store grants once (RFC 6749 §4.1.2: a second use of a code
/// may revoke the tokens of the first).
///
/// The record is written before the code is sent. Its secret part can be opened only with the pending login's verifier,
/// so only a browser that has the pending cookie gets the winner's session.
struct CodeLeases: Sendable {
    /// How long duplicates get the winner's response, in seconds.
    static let answerLifetime: Int64 = 60
    // A pending login lives ten minutes, and clocks differ.
    static let claimLifetime = PendingLogin.lifetime.wholeSeconds + 120
    // A store that is full for one key may have room for another one: each of its parts has a bound.
    private static let attempts = 256

    let store: any SessionStore
    let sealer: RecordSealer
    let random: RandomSource
    let bounds: CodeLeaseBounds

    /// A lease that was granted.
    struct Won: Sendable {
        fileprivate let key: SessionKey
        fileprivate let browser: BrowserSecret
        fileprivate var record: SessionRecord
    }

    /// Takes the lease; nil if another request has it.
    /// - Throws: ``CodeLeaseError`` when there are too many; what the store throws.
    func take(
        _ pending: PendingLogin, state: String, from client: ClientAddress?, at now: UnixTime
    ) async throws -> Won? {
        guard !bounds.isUsedUp(key(state)) else { return nil }
        try await makeRoom(for: client, at: now)
        let end = now.adding(seconds: CodeLeases.claimLifetime)
        let record = SessionRecord(
            revision: Revision(random: random), idleEnd: end, absoluteEnd: end, summary: .empty, secrets: .empty)
        let won = Won(key: key(state), browser: browser(pending), record: record)
        do {
            guard try await write(won, at: now) else {
                bounds.close()
                return nil
            }
        } catch {
            bounds.close()
            throw error
        }
        // The lease removed to make room may have been this one. Its mark was there before its record was removed.
        guard bounds.isUsedUp(won.key) else { return won }
        await giveBack(won, at: now)
        return nil
    }

    private func makeRoom(for client: ClientAddress?, at now: UnixTime) async throws {
        for _ in 0..<CodeLeases.attempts {
            switch bounds.open(for: client, at: now) {
            case .go: return
            case .remove(let key): _ = try await store.remove(key, at: now)
            case .refuse(let refusal): throw refusal
            }
        }
        throw CodeLeaseError.full
    }

    private func write(_ won: Won, at now: UnixTime) async throws -> Bool {
        for _ in 0..<CodeLeases.attempts {
            do {
                return try await store.writeRecognising(won.record, for: won.key, if: .absent, at: now)
            } catch SessionStoreError.full {
                guard let old = bounds.oldest(at: now) else { break }
                _ = try await store.remove(old, at: now)
            }
        }
        throw CodeLeaseError.full
    }

    /// Releases a lease whose code was not sent, if the store allows it: one that stays is used up.
    func giveBack(_ won: Won, at now: UnixTime) async {
        bounds.close()
        _ = try? await store.remove(won.key, at: now)
    }

    /// Stores the outcome for duplicates, and returns whether that worked. On failure duplicates get no response, but
    /// no session is lost.
    func settle(_ won: Won, _ outcome: CodeLeaseOutcome, at now: UnixTime) async -> Bool {
        bounds.settle(won.key, at: now)
        var record = won.record
        let place = RecordPlace(won.key, absoluteEnd: record.absoluteEnd)
        let content = outcome.encoded(until: now.adding(seconds: CodeLeases.answerLifetime))
        guard let sealed = try? sealer.sealSecrets(content, in: place, browser: won.browser) else { return false }
        record.secrets = sealed
        record.revision = Revision(random: random)
        let condition = WriteCondition.revision(won.record.revision)
        return (try? await store.writeRecognising(record, for: won.key, if: condition, at: now)) ?? false
    }

    /// What the winner left behind: ``CodeLeaseAnswer/pending`` while it is still at work.
    func outcome(_ pending: PendingLogin, state: String, at now: UnixTime) async throws -> CodeLeaseAnswer {
        let key = key(state)
        guard let record = try await store.read(key, at: now) else { return bounds.isUsedUp(key) ? .gone : .givenBack }
        guard !record.secrets.octets.isEmpty else { return .pending }
        guard let content = sealer.openSecrets(of: record, under: key, browser: browser(pending)) else { return .gone }
        return CodeLeaseOutcome(decoding: content, at: now).map(CodeLeaseAnswer.settled) ?? .gone
    }

    private func key(_ state: String) -> SessionKey { SessionKey(kind: .codeLease, digestOf: Array(state.utf8)) }

    private func browser(_ pending: PendingLogin) -> BrowserSecret {
        BrowserSecret(deriving: Array(pending.codeVerifier.exposedText.utf8), label: "login claim")
    }
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
    fileprivate func encoded(until end: UnixTime) -> [UInt8] {
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

    fileprivate init?(decoding bytes: [UInt8], at now: UnixTime) {
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
