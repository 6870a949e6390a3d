import LoginFlow
import Testing

@Suite struct PushLimitTests {
    /// Runs one push within another.
    private func nested(_ depth: Int, in limit: PushLimit) async -> Int {
        await limit.run { depth == 0 ? 0 : await nested(depth - 1, in: limit) + 1 } ?? 0
    }

    @Test func noMoreThanSixteenRunAtOnce() async {
        let limit = PushLimit()
        #expect(await nested(40, in: limit) == PushLimit.most)
        #expect(await nested(40, in: limit) == PushLimit.most, "each gave its place back")
    }

    @Test func aFailedOneGivesItsPlaceBack() async throws {
        struct Failure: Error {}
        let limit = PushLimit()
        for _ in 0..<40 {
            await #expect(throws: Failure.self) { try await limit.run { throw Failure() } as Int? }
        }
        #expect(await limit.run { 1 } == 1)
    }
}
