import APIClient
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Cookies and records of earlier releases can still be read: a new release logs no user out, and no login that started
/// before it is lost.
@Suite struct RecordedFormatsTests {
    static let releases = ["2026-11-27"]

    /// What a release recorded.
    struct Recording {
        let keys: SealingKeys
        let now: UnixTime
        private let object: JSONObject

        init(_ release: String) throws {
            object = try JSONReader.object(VectorFile.own("formats/\(release).json"))
            let secret = try #require(object["secret"]?.stringValue.flatMap { Base64URL.decode($0) })
            keys = try SealingKeys(secrets: [secret])
            now = try #require(object["now"]?.timeValue)
        }

        func cases(_ name: String) throws -> [JSONObject] {
            let found = (object[name]?.arrayValue ?? []).compactMap(\.objectValue)
            try #require(!found.isEmpty)
            return found
        }
    }

    @Test(.enabled(if: unsafe getenv("RECORD_FORMATS") != nil)) func recordsThisRelease() async throws {
        let path = unsafe String(cString: getenv("RECORD_FORMATS"))
        try FormatRecorder.write(try await FormatRecorder().document(), to: path)
    }

    @Test(arguments: releases) func aSessionInAStoreGoesOn(release: String) async throws {
        let recording = try Recording(release)
        for recorded in try recording.cases("sessions") {
            let at = try #require(recorded["at"]?.timeValue)
            let store = try await RecordingStore.store(recorded["records"]?.arrayValue ?? [], at: at)
            let fixture = try FlowFixture(
                store: store, keys: recording.keys, base: text(recorded, "base"), clock: ManualClock(at))
            try await expectSession(recorded, in: fixture)
        }
    }

    @Test(arguments: releases) func aSessionInCookiesGoesOn(release: String) async throws {
        let recording = try Recording(release)
        for recorded in try recording.cases("cookies") {
            let fixture = try FlowFixture(
                keys: recording.keys, base: text(recorded, "base"), clock: ManualClock(recording.now),
                cookies: CookieSessions(epoch: RevocationEpoch(.distantPast), maximumCookies: 5))
            try await expectSession(recorded, in: fixture)
        }
    }

    @Test(arguments: releases) func aSessionIsFoundAndEndedByItsUser(release: String) async throws {
        let recording = try Recording(release)
        let recorded = try recording.cases("sessions")[0]
        let store = try await RecordingStore.store(recorded["records"]?.arrayValue ?? [], at: recording.now)
        let fixture = try FlowFixture(store: store, keys: recording.keys, clock: ManualClock(recording.now))
        let directory = try #require(fixture.flow.sessionDirectory)
        let subject = try SubjectID(text(recorded, "subject"))
        #expect(try await directory.sessions(of: subject).count == 1)
        #expect(try await directory.revokeAll(of: subject).count == 1)
        #expect(await fixture.visit("/", cookie: text(recorded, "cookie")).text == "nobody")
    }

    /// The provider sees the recorded request, and the flow of today gets the answer with the recorded cookie.
    @Test(arguments: releases) func aLoginThatBeganBeforeIsCompleted(release: String) async throws {
        let recording = try Recording(release)
        for recorded in try recording.cases("pending") {
            let fixture = try FlowFixture(
                keys: recording.keys, base: text(recorded, "base"), clock: ManualClock(recording.now))
            var browser = fixture.interceptedBrowser()
            let page = try await browser.open(text(recorded, "location"))
            var next = try await browser.logIn(on: page, as: "alice", password: "alice's password")
            if next.unfollowed == nil { next = try await browser.submit("consent", on: next, action: "allow") }
            let target = (next.unfollowed?.path ?? "") + "?" + (next.unfollowed?.query ?? "")
            let reply = await fixture.visit(target, cookie: text(recorded, "cookie"))
            #expect(reply.status == 303, "\(text(recorded, "name")): \(fixture.events.refusals)")
            #expect(reply.location == text(recorded, "path"))
            #expect(reply.cookies.contains { $0.contains("session") })
        }
    }

    @Test(arguments: releases) func aDuplicateGetsTheAnswerOfTheReleaseBefore(release: String) async throws {
        let recording = try Recording(release)
        for recorded in try recording.cases("claims") {
            let fixture = try await fixture(of: recorded, records: "records", in: recording)
            let reply = await fixture.visit(text(recorded, "target"), cookie: text(recorded, "cookie"))
            #expect(reply.status == recorded["status"]?.intValue, "\(text(recorded, "name"))")
            #expect(reply.location ?? "" == text(recorded, "location"))
            #expect(reply.cookies.first { $0.hasPrefix("session") } ?? "" == text(recorded, "session"))
            #expect(fixture.transport.count(path: "/token") == 0)
        }
    }

    @Test(arguments: releases) func aCodeThatTheReleaseBeforeHasSentIsNotSentAgain(release: String) async throws {
        let recording = try Recording(release)
        for recorded in try recording.cases("claims") {
            let fixture = try await fixture(of: recorded, records: "claimed", in: recording, sleeper: Sleeper { _ in })
            let reply = await fixture.visit(text(recorded, "target"), cookie: text(recorded, "cookie"))
            #expect(reply.status == 400)
            #expect(fixture.events.refusals == ["callback_used"])
            #expect(fixture.transport.count(path: "/token") == 0)
        }
    }

    @Test(arguments: releases) func aLogoutUnderWayComesBack(release: String) async throws {
        let recording = try Recording(release)
        let recorded = try #require(try recording.cases("marks").first { $0["name"] == "logout" })
        let fixture = try FlowFixture(keys: recording.keys, clock: ManualClock(recording.now))
        let cookie = text(recorded, "cookie")
        _ = await fixture.visit("/?state=" + cookie.drop { $0 != "=" }.dropFirst(), cookie: cookie)
        #expect(fixture.events.events.last?.details == [.init("state", "as sent")])
    }

    @Test(arguments: releases) func loginsThatDidNotHoldStillCount(release: String) async throws {
        let recording = try Recording(release)
        let recorded = try #require(try recording.cases("marks").first { $0["name"] == "circles" })
        let fixture = try FlowFixture(keys: recording.keys, clock: ManualClock(recording.now))
        #expect(await fixture.visit("/private", cookie: text(recorded, "cookie")).status == 500)
        #expect(fixture.events.refusals == ["login_in_circles"])
    }

    @Test(arguments: releases) func tokensInATokenStoreSayTheSame(release: String) throws {
        for recorded in try Recording(release).cases("tokens") {
            let tokens = try #require(StoredTokenSet(encodedSecrets: Array(text(recorded, "octets").utf8)))
            #expect(FormatRecorder.says(tokens) == text(recorded, "says"), "\(text(recorded, "name"))")
        }
    }

    private func fixture(
        of recorded: JSONObject, records: String, in recording: Recording, sleeper: Sleeper? = nil
    ) async throws -> FlowFixture {
        let store = try await RecordingStore.store(recorded[records]?.arrayValue ?? [], at: recording.now)
        return try FlowFixture(
            store: store, keys: recording.keys, clock: ManualClock(recording.now), sleeper: sleeper)
    }

    private func expectSession(_ recorded: JSONObject, in fixture: FlowFixture) async throws {
        let session = try await fixture.session(text(recorded, "cookie"))
        let name = text(recorded, "name")
        #expect(session.subject.text == text(recorded, "subject"), "\(name)")
        #expect(session.correlationID == text(recorded, "correlationID"), "\(name)")
        #expect(session.startedAt == recorded["startedAt"]?.timeValue, "\(name)")
        #expect(session.endsAt == recorded["endsAt"]?.timeValue, "\(name)")
        #expect(session.accessTokenEndsAt == recorded["accessTokenEndsAt"]?.timeValue, "\(name)")
        #expect(session.canRefresh == recorded["canRefresh"]?.boolValue, "\(name)")
        #expect(session.csrfToken == text(recorded, "csrfToken"), "\(name)")
        #expect(session.claims == recorded["claims"]?.objectValue, "\(name)")
        #expect(session.additions == recorded["additions"]?.objectValue, "\(name)")
    }

    private func text(_ object: JSONObject, _ name: String) -> String { object[name]?.stringValue ?? "" }
}
