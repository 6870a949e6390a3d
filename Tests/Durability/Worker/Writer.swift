import Glibc
import OAuthTypes
import SessionStore
import Synchronization

/// Set by the signal handler.
private let isTerminated = Atomic(false)

/// Changes a store without end, and tells of each step before it (`> STEP`) and after it (`< yes`, `< no`, `< error …`).
/// What stands behind a `<` had happened when the line was sent. SIGTERM ends the process after the step in hand.
final class Writer {
    /// The record that several writers count up together.
    static let counter = "counter"

    private enum Mode: String { case mixed, touches, counting }

    private struct Owned {
        let name: String
        var number: Int
        var idleEnd: Int64
    }

    private let channel: Channel
    private let steps: Steps
    private let prefix: String
    private let mode: Mode
    private var owned: [Owned]
    private var random: Generator
    private var made = 0
    private var told = ""

    init?(channel: Channel, steps: Steps, words: [String]) {
        guard words.count >= 3, let seed = UInt64(words[1]), let mode = Mode(rawValue: words[2]) else { return nil }
        self.channel = channel
        self.steps = steps
        prefix = words[0]
        self.mode = mode
        random = Generator(state: seed)
        owned = words.dropFirst(3).compactMap { word in
            let parts = word.split(separator: ":")
            guard parts.count == 3, let number = Int(parts[1]), let end = Int64(parts[2]) else { return nil }
            return Owned(name: String(parts[0]), number: number, idleEnd: end)
        }
    }

    func run() async {
        isTerminated.store(false, ordering: .relaxed)
        signal(SIGTERM) { _ in isTerminated.store(true, ordering: .relaxed) }
        channel.say("ready")
        while !isTerminated.load(ordering: .relaxed) { await step() }
        channel.say(told + "end")
        exit(EXIT_SUCCESS)
    }

    private func step() async {
        switch random.below(100) {
        case _ where mode == .touches && !owned.isEmpty: await touch()
        case _ where mode == .counting: await count()
        case 0..<10: await count()
        case 10: _ = await take(.purge)
        case _ where owned.count < 12: await create()
        case _ where owned.count > 40: await remove()
        case ..<35: await create()
        case ..<60: await update()
        case ..<78: await touch()
        default: await remove()
        }
    }

    private func create() async {
        let sample = Sample(name: "\(prefix)-\(made)", number: 0)
        made += 1
        guard await take(.create(sample)) == "yes" else { return }
        owned.append(Owned(name: sample.name, number: 0, idleEnd: steps.span.idleEnd.seconds))
    }

    private func update() async {
        let index = random.below(owned.count)
        let (name, number) = (owned[index].name, owned[index].number)
        let next = Sample(name: name, number: number + 1)
        if await take(.update(Sample(name: name, number: number), to: next)) == "yes" { owned[index].number += 1 }
    }

    private func touch() async {
        let index = random.below(owned.count)
        let end = owned[index].idleEnd + 1
        if await take(.touch(owned[index].name, UnixTime(seconds: end))) == "yes" { owned[index].idleEnd = end }
    }

    private func remove() async { _ = await take(.remove(owned.remove(at: random.below(owned.count)).name)) }

    private func count() async {
        guard
            let record = try? await steps.store.read(Sample.key(of: Self.counter), at: steps.now()),
            let sample = Sample(record, under: Self.counter, span: steps.span)
        else { return }
        _ = await take(.update(sample, to: Sample(name: Self.counter, number: sample.number + 1)))
    }

    // The outcome of a step goes out together with the next step: one call for both.
    private func take(_ step: Step) async -> String {
        channel.say("\(told)> \(step.words)")
        let outcome = await steps.take(step)
        told = "< \(outcome)\n"
        return outcome
    }

    /// Repeatable steps: a generator of SplitMix64.
    private struct Generator {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
        }
    }
}
