import CFloor
import JOSE
import Support

/// A login in this process, in verifications by libcrypto alone of an RS256 signature with 2,048 bits.
struct LoginFigures {
    private static let batch = 40
    private static let rounds = 60

    func measure(_ report: inout Report) async throws {
        let corpus = try Corpus(count: Self.batch)
        let floor = try Floor(corpus)
        let app = try BenchApp(corpus.key)
        try await app.complete(app.begin())
        var samples = Array(repeating: Samples(), count: 4)
        for _ in 0..<Self.rounds { try await measureRound(app, floor, into: &samples) }
        let names = ["floor", "begin", "callback", "the provider's signing"]
        report.note(disturbed: zip(names, samples).filter(\.1.areDisturbed).map(\.0))
        let verification = samples[0].minimum
        let whole = samples[1].minimum + samples[2].minimum - samples[3].minimum
        var table = Table("a login", "min µs", "median µs", "floor verifications")
        for (name, sample) in zip(names, samples) {
            table.row(
                name, sample.minimum.microseconds, sample.median.microseconds, (sample.minimum / verification).ratio)
        }
        table.row("begin and callback without signing", whole.microseconds, "", (whole / verification).ratio)
        report.add(table)
        report.add(Figure("login_begin", value: samples[1].minimum / verification, bound: .atMost(2)))
        report.add(Figure("login_whole", value: whole / verification, bound: .atMost(8)))
    }

    private func measureRound(_ app: BenchApp, _ floor: Floor, into samples: inout [Samples]) async throws {
        var begun: [(cookie: String, location: String)] = []
        begun.reserveCapacity(Self.batch)
        samples[0].add(
            try await time {
                guard floor.verify(0..<Self.batch) == Self.batch else { throw WrongAnswerError(subject: "floor") }
            }, of: Self.batch)
        samples[1].add(
            try await time { for _ in 0..<Self.batch { begun.append(try await app.begin()) } }, of: Self.batch)
        samples[2].add(try await time { for one in begun { try await app.complete(one) } }, of: Self.batch)
        samples[3].add(
            try await time { for _ in 0..<Self.batch { cfloor_consume(Int64(try app.provider.tokens().count)) } },
            of: Self.batch)
    }

    // Of all threads: an await may go on in another one.
    private func time(_ body: () async throws -> Void) async rethrows -> Int64 {
        let begin = cfloor_process_nanoseconds()
        try await body()
        return cfloor_process_nanoseconds() - begin
    }
}
