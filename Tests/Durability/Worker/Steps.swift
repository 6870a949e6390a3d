import OAuthTypes
import SessionStore

/// One change of a store.
enum Step {
    case create(Sample)
    case update(Sample, to: Sample)
    case touch(String, UnixTime)
    case remove(String)
    case purge

    init?(_ command: String, _ words: [String]) {
        guard let name = words.first else { return nil }
        let numbers = words.dropFirst().compactMap { Int($0) }
        switch (command, numbers.count) {
        case ("create", 1): self = .create(Sample(name: name, number: numbers[0]))
        case ("update", 2):
            self = .update(Sample(name: name, number: numbers[0]), to: Sample(name: name, number: numbers[1]))
        case ("touch", 1): self = .touch(name, UnixTime(seconds: Int64(numbers[0])))
        case ("remove", 0): self = .remove(name)
        default: return nil
        }
    }

    /// As the driver reads it.
    var words: String {
        switch self {
        case .create(let sample): "create \(sample.name) \(sample.number)"
        case .update(let sample, let next): "update \(sample.name) \(sample.number) \(next.number)"
        case .touch(let name, let end): "touch \(name) \(end)"
        case .remove(let name): "remove \(name)"
        case .purge: "purge"
        }
    }
}

/// Takes steps on a store, and says how each came out: yes, no, or error.
struct Steps {
    let store: any IndexedSessionStore
    let span: Sample.Span
    let now: () -> UnixTime

    func take(_ step: Step) async -> String {
        do { return try await isDone(step) ? "yes" : "no" } catch { return Session.describe(error) }
    }

    private func isDone(_ step: Step) async throws -> Bool {
        switch step {
        case .create(let sample):
            try await store.write(sample.record(span), for: sample.key, if: .absent, at: now())
        case .update(let sample, let next):
            try await update(sample, to: next)
        case .touch(let name, let end):
            try await store.touch(Sample.key(of: name), until: end, at: now())
        case .remove(let name):
            try await store.remove(Sample.key(of: name), at: now()) != nil
        case .purge:
            try await store.purge(expiredBefore: now(), limit: 100) >= 0
        }
    }

    // As a server does it: what was read, with another revision and content; a touch is kept.
    private func update(_ sample: Sample, to next: Sample) async throws -> Bool {
        guard let present = try await store.read(sample.key, at: now()) else { return false }
        var record = next.record(span)
        record.idleEnd = present.idleEnd
        return try await store.write(record, for: sample.key, if: .revision(sample.revision), at: now())
    }

    /// Creates `count` records; answers how many creations failed, and how the first of them did.
    func burst(prefix: String, count: Int) async -> String {
        var failures: [String] = []
        for number in 0..<count {
            let outcome = await take(.create(Sample(name: "\(prefix)-\(number)", number: 0)))
            if outcome != "yes" { failures.append(outcome) }
        }
        return "\(failures.count) \(failures.first ?? "")"
    }
}
