import Concurrency
import LoginFlow
import OAuthTypes
import TestSupport
import Testing

/// Observers that surround the phases of the flow.
@Suite struct PhaseTests {
    @Test func aLoginHasItsPhases() async throws {
        let phases = PhaseRecorder()
        let fixture = try FlowFixture(observers: [phases])
        let cookie = try await fixture.loggedIn()
        #expect(phases.log == ["/begin", "/callback", "/callback/token_request", "/callback/verification"])
        let session = try await fixture.session(cookie)
        fixture.clock.advance(seconds: 3601)
        _ = try await fixture.flow.userInfo(of: session)
        #expect(phases.log.dropFirst(4) == ["/refresh", "/verification", "/api_call"])
    }

    @Test func observersOfPhasesAreNestedInTheirOrder() async throws {
        let (first, second) = (PhaseRecorder("first:"), PhaseRecorder("second:"))
        let fixture = try FlowFixture(observers: [first, EventRecorder(), second])
        _ = try await fixture.returning()
        #expect(first.log == ["/first:begin"])
        #expect(second.log == ["/first:begin/second:begin"])
    }

    /// Whatever an observer does: a second request with the same code looks like theft to a provider.
    @Test func anObserverThatRunsAPhaseTwiceSendsTheCodeOnce() async throws {
        let fixture = try FlowFixture(observers: [TwiceObserver(of: .tokenRequest)])
        let reply = await fixture.answer(try await fixture.returning().request())
        #expect(reply.status >= 400)
        #expect(fixture.count(grant: "authorization_code") == 1)
    }

    @Test func anObserverThatRunsARefreshTwiceSendsTheRefreshTokenOnce() async throws {
        let fixture = try FlowFixture(observers: [TwiceObserver(of: .refresh)])
        let session = try await fixture.session(fixture.loggedIn())
        fixture.clock.advance(seconds: 3601)
        _ = try? await fixture.flow.userInfo(of: session)
        #expect(fixture.count(grant: "refresh_token") == 1)
    }

    /// Only a verification may accept a refreshed ID token.
    @Test func anObserverThatLeavesOutAVerificationAcceptsNoTokens() async throws {
        let fixture = try FlowFixture(observers: [SkippingObserver()])
        let session = try await fixture.session(fixture.loggedIn())
        fixture.clock.advance(seconds: 3601)
        _ = try? await fixture.flow.userInfo(of: session)
        #expect(fixture.count(grant: "refresh_token") == 1)
        #expect(fixture.events("refresh.granted").isEmpty)
        #expect(!fixture.events("refresh.pending").isEmpty)
    }

    @Test func admittingARequestIsNoPhase() async throws {
        let phases = PhaseRecorder()
        let fixture = try FlowFixture(observers: [phases])
        let cookie = try await fixture.loggedIn()
        let count = phases.log.count
        #expect(await fixture.visit("/private", cookie: cookie).status == 200)
        #expect(phases.log.count == count)
    }
}

/// Keeps the phases that began, each behind those around it, those of other recorders included.
private final class PhaseRecorder: FlowPhaseObserver {
    @TaskLocal private static var path = ""

    private let name: String
    private let state = Lock<[String]>([])

    init(_ name: String = "") { self.name = name }

    var log: [String] { state.withLock { $0 } }

    func record(_ event: FlowEvent) {}

    func during<Answer: Sendable, Failure: Error>(
        _ phase: FlowPhase, of correlationID: String?, _ work: () async throws(Failure) -> Answer
    ) async throws(Failure) -> Answer {
        let path = PhaseRecorder.path + "/" + name + phase.rawValue
        state.withLock { $0.append(path) }
        let result: Result<Answer, Failure> = await PhaseRecorder.$path.withValue(path) {
            do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
        }
        return try result.get()
    }
}

/// Breaks the rule that a phase runs once.
private struct TwiceObserver: FlowPhaseObserver {
    let phase: FlowPhase

    init(of phase: FlowPhase) { self.phase = phase }

    func record(_ event: FlowEvent) {}

    func during<Answer: Sendable, Failure: Error>(
        _ phase: FlowPhase, of correlationID: String?, _ work: () async throws(Failure) -> Answer
    ) async throws(Failure) -> Answer {
        guard phase == self.phase else { return try await work() }
        _ = try await work()
        return try await work()
    }
}

/// Throws instead of the verification of a refreshed token, where it may.
private struct SkippingObserver: FlowPhaseObserver {
    func record(_ event: FlowEvent) {}

    func during<Answer: Sendable, Failure: Error>(
        _ phase: FlowPhase, of correlationID: String?, _ work: () async throws(Failure) -> Answer
    ) async throws(Failure) -> Answer {
        // At a login the answer is the ID token.
        let isRefresh = Answer.self == Void.self || Answer.self == Void?.self
        guard phase == .verification, isRefresh, let error = CancellationError() as? Failure else {
            return try await work()
        }
        throw error
    }
}
