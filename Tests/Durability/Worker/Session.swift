import Glibc
import OAuthTypes
import SessionStore
import Synchronization

/// What the driver asks of a worker. Every command has one line as its answer, except `run`, which tells of each step
/// until the process ends, and `seal`.
///
/// ```
/// open file|sqlite PATH [MISTAKE]   ok, or error
/// close                             ok
/// span IDLE ABSOLUTE                ok: when the records of this worker end
/// clock SECONDS                     ok: how far its clock is from the system's
/// time                              the time it goes by
/// create NAME NUMBER                yes, no, or error
/// update NAME NUMBER NEXT           yes, no, or error
/// touch NAME IDLE                   yes, no, or error
/// remove NAME                       yes, no, or error
/// read NAME…                        NAME=none|unreadable|foreign|error:…|NUMBER,IDLE …
/// keys TAG                          keys: digests in hexadecimal
/// purge LIMIT                       count
/// descriptors                       how many are open
/// burst PREFIX COUNT                how many creations did not answer yes, and what the first of them answered
/// run PREFIX SEED mixed|touches|counting NAME:NUMBER:IDLE…   see ``Writer``
/// seal COUNT                        see ``SealedSessions``
/// ```
final class Session {
    let channel: Channel
    private var store: (any IndexedSessionStore)?
    private var span = Sample.Span(idleEnd: .distantFuture, absoluteEnd: .distantFuture)
    private var offset: Int64 = 0
    private let unreadable = Tally()
    private var sealed: SealedSessions?

    init(channel: Channel) { self.channel = channel }

    private var now: UnixTime { WallClock.system.now.adding(seconds: offset) }

    func answer(_ words: [String]) async {
        let arguments = Array(words.dropFirst())
        switch words.first {
        case "span": setSpan(arguments)
        case "clock": setClock(arguments)
        case "time": channel.say("\(now)")
        case "descriptors": channel.say("\(Self.descriptorCount)")
        case "open": open(arguments)
        case "close":
            store = nil
            channel.say("ok")
        default:
            guard let store else { return channel.say("error closed") }
            await answer(words.first ?? "", arguments, of: store)
        }
    }

    private func answer(_ command: String, _ words: [String], of store: any IndexedSessionStore) async {
        let steps = Steps(store: store, span: span, now: { self.now })
        switch command {
        case "read": await read(words, of: store)
        case "keys": channel.say(await keys(words.first ?? "", of: store))
        case "purge": channel.say(await outcome { "\(try await purge(words, of: store))" })
        case "burst": channel.say(await steps.burst(prefix: words[0], count: Int(words[1]) ?? 0))
        case "run": await Writer(channel: channel, steps: steps, words: words)?.run()
        case "seal":
            let sessions = SealedSessions(store: store)
            sealed = sessions
            await sessions.create(Int(words[0]) ?? 0, at: now, telling: channel)
        case "opened": channel.say(await sealed?.token(cookie: words[0], at: now) ?? "none")
        default:
            guard let step = Step(command, words) else { return channel.say("error unknown command \(command)") }
            channel.say(await steps.take(step))
        }
    }

    private func setSpan(_ words: [String]) {
        let times = words.compactMap { Int64($0) }.map(UnixTime.init(seconds:))
        guard times.count == 2 else { return channel.say("error span") }
        span = Sample.Span(idleEnd: times[0], absoluteEnd: times[1])
        channel.say("ok")
    }

    private func setClock(_ words: [String]) {
        offset = words.first.flatMap { Int64($0) } ?? 0
        channel.say("ok")
    }

    private func open(_ words: [String]) {
        guard words.count >= 2 else { return channel.say("error open") }
        let notice: @Sendable (SessionStoreEvent) -> Void = { [unreadable] _ in unreadable.add() }
        do {
            let opened: any IndexedSessionStore =
                words[0] == "file"
                ? try FileSessionStore(path: words[1], onEvent: notice)
                : try SQLiteSessionStore(path: words[1], onEvent: notice)
            guard words.count > 2 else {
                store = opened
                return channel.say("ok")
            }
            guard let mistake = MistakenStore.Mistake(rawValue: words[2]) else { return channel.say("error mistake") }
            store = MistakenStore(opened, mistake)
            channel.say("ok")
        } catch { channel.say(Self.describe(error)) }
    }

    private func read(_ names: [String], of store: any IndexedSessionStore) async {
        var found: [String] = []
        for name in names {
            let before = unreadable.count
            let state = await outcome {
                Self.state(try await store.read(Sample.key(of: name), at: now), under: name, span: span)
            }
            let isUnreadable = unreadable.count != before
            found.append("\(name)=" + (isUnreadable ? "unreadable" : state.replacing(" ", with: ":")))
        }
        channel.say(found.joined(separator: " "))
    }

    private static func state(_ record: SessionRecord?, under name: String, span: Sample.Span) -> String {
        guard let record else { return "none" }
        guard let sample = Sample(record, under: name, span: span) else { return "foreign" }
        return "\(sample.number),\(record.idleEnd)"
    }

    private func keys(_ text: String, of store: any IndexedSessionStore) async -> String {
        guard let tag = Sample.tag(text) else { return "error tag" }
        return await outcome {
            var found: [SessionKey] = []
            while true {
                let more = try await store.keys(matching: tag, after: found.last, limit: 50, at: now)
                guard !more.isEmpty else { break }
                found += more
            }
            return "keys " + found.map { Self.hexadecimal($0.digest) }.joined(separator: " ")
        }
    }

    private func purge(_ words: [String], of store: any IndexedSessionStore) async throws -> Int {
        try await store.purge(expiredBefore: now, limit: words.first.flatMap { Int($0) } ?? 0)
    }

    private static func hexadecimal(_ octets: [UInt8]) -> String {
        octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// An error as one line: the case, then what it says.
    static func describe(_ error: any Error) -> String {
        guard let known = error as? SessionStoreError else { return "error other \(error)" }
        let name: String =
            switch known {
            case .system(let call, _, let code): "system-\(call)-\(code)"
            case .sqlite(let code, _): "sqlite-\(code)"
            case .busy: "busy"
            case .noSpace: "noSpace"
            case .exposed: "exposed"
            case .corrupt: "corrupt"
            case .foreign: "foreign"
            default: "other"
            }
        return "error \(name) \(known)".replacing("\n", with: " ")
    }

    private func outcome(_ body: () async throws -> String) async -> String {
        do { return try await body() } catch { return Self.describe(error) }
    }

    private static var descriptorCount: Int {
        (0..<1_024).count { fcntl($0, F_GETFD) >= 0 }
    }
}

/// Counts what a store reports from any of its threads.
private final class Tally: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func add() { value.withLock { $0 += 1 } }
}
