#if Observability

    import LoginFlow
    import LoginObservability
    import LoginTesting
    import Logging
    import OAuthTypes
    import Testing

    struct LoginLoggerTests {
        @Test func aLoginLeavesALineForEachStep() async throws {
            let fixture = try Fixture()
            var browser = try fixture.browser()
            try await browser.open("/orders")
            try await browser.logIn(as: Fixture.alice.get())
            let steps = fixture.log.lines.filter { $0.metadata["login.step"] != nil }
            #expect(steps.map { $0.metadata["login.step"] } == (1...10).map(String.init))
            #expect(Set(steps.map { $0.metadata["login.correlation_id"] }).count == 1)
            #expect(steps.allSatisfy { $0.level == .debug })
            let granted = try #require(fixture.log.lines(of: "tokens.granted").first)
            #expect(granted.metadata["login.duration"] == "0.25")
            let started = try #require(fixture.log.lines(of: "session.started").first)
            #expect(started.level == .info)
            #expect(started.metadata["login.sub"] == "subject-a")
        }

        @Test func aHiddenDetailIsNotLogged() async throws {
            let fixture = try Fixture(hiding: ["sub"])
            _ = try await fixture.wholeFlow()
            #expect(fixture.log.lines(of: "session.started").first?.metadata["login.sub"] == "•••")
            #expect(!fixture.log.lines.contains { $0.text.contains("subject-a") })
        }

        /// The dots of a secret open no way around it.
        @Test func aDetailThatEndsInDotsStartsNoLine() throws {
            let log = MemoryLog()
            let words = "x\nlevel=error msg=hacked\u{1B}[2J•••"
            LoginLogger(log.logger).record(
                FlowEvent(
                    "login.refused", from: .webApp, to: .browser, at: UnixTime(seconds: 0), correlationID: "c",
                    details: [.init("code", words)]))
            #expect(log.lines.first?.metadata["login.code"] == "xlevel=error msg=hacked[2J•••")
        }

        struct Case: Sendable, CustomTestStringConvertible {
            let name: String
            var details: [String: String] = [:]
            let level: Logger.Level
            var testDescription: String { "\(name) \(details) \(level)" }
        }

        @Test(arguments: [
            Case(name: "login.refused", details: ["turn": "user", "code": "callback_expired"], level: .info),
            Case(name: "login.refused", details: ["turn": "wait", "code": "too_many_logins"], level: .warning),
            Case(name: "login.refused", details: ["turn": "operator", "code": "discovery_failed"], level: .error),
            Case(
                name: "login.refused", details: ["turn": "operator", "code": "callback_code_missing"], level: .warning),
            Case(name: "login.refused", details: ["turn": "operator", "code": "shop_closed"], level: .error),
            Case(name: "login.refused", level: .warning),
            Case(name: "refresh.refused", details: ["turn": "user", "code": "invalid_grant"], level: .info),
            Case(name: "refresh.refused", details: ["turn": "operator", "code": "invalid_client"], level: .error),
            Case(name: "refresh.lost", details: ["turn": "wait"], level: .warning),
            Case(name: "api.answered", details: ["status": "500"], level: .debug),
            Case(name: "api.answered", details: ["failure": "timedOut"], level: .warning),
            Case(name: "token.revoked", details: ["outcome": "failed"], level: .notice),
            Case(name: "token.revoked", details: ["outcome": "done"], level: .debug),
            Case(name: "store.displaced", level: .error),
            Case(name: "an.event.of.the.app", level: .info),
        ])
        func logs(_ case: Case) throws {
            let log = MemoryLog()
            LoginLogger(log.logger).record(
                FlowEvent(
                    `case`.name, from: .webApp, to: .webApp, at: UnixTime(seconds: 0), correlationID: "id",
                    details: `case`.details.map { FlowEvent.Detail($0.key, $0.value) }))
            #expect(log.lines.map(\.level) == [`case`.level])
        }

        /// Whatever a visitor without a session of the provider does, no line is an error.
        @Test(arguments: [
            "/callback", "/callback?code=x", "/callback?state=x", "/callback?error=invalid_scope",
            "/callback?code=a&code=b", "/callback?response=x", "/login?returnTo=//evil", "/logout",
            "/callback?code=%ff",
        ])
        func aVisitorCausesNoError(_ target: String) async throws {
            let fixture = try Fixture()
            var browser = try fixture.browser()
            try await browser.open(target)
            _ = try await browser.send("/callback", method: .post, body: Array("code=x&state=y".utf8))
            #expect(!fixture.log.lines.isEmpty)
            #expect(!fixture.log.lines.contains { $0.level >= .error })
        }

        /// With the state of a login of one's own, the callback says what one wants.
        @Test(arguments: [
            "", "&error=invalid_scope", "&error=unauthorized_client&error_description=x", "&code=made-up",
        ])
        func aVisitorWithALoginOfTheirOwnCausesNoError(_ rest: String) async throws {
            let fixture = try Fixture()
            var browser = try fixture.browserThatStaysHere()
            let page = try await browser.open("/login")
            let query = page.unfollowed?.query ?? ""
            let state = try #require(query.split(separator: "&").first { $0.hasPrefix("state=") })
            let issuer = "&iss=http%3A%2F%2Flocalhost%3A3001"
            try await browser.open("/callback?\(state)\(issuer)\(rest)")
            try await browser.open("/callback?\(state)\(rest)")
            #expect(!fixture.log.lines(of: "login.refused").isEmpty)
            #expect(!fixture.log.lines.contains { $0.level >= .error })
        }

        @Test func wordsOfOthersStartNoLineAndDoNotGrow() throws {
            let log = MemoryLog()
            let evil = "x\r\nlevel=error\u{2028}\u{202E}\u{7F}\u{1B}[31m" + String(repeating: "é€a", count: 10_000)
            LoginLogger(log.logger).record(
                FlowEvent(
                    evil, from: .webApp, to: .webApp, at: UnixTime(seconds: 0), duration: .seconds(Int64.max),
                    correlationID: evil,
                    details: (0..<500).map { FlowEvent.Detail("\(evil)\($0)", evil) } + [.init("diagnosis", evil)]))
            let line = try #require(log.lines.first)
            for text in [line.message] + line.metadata.flatMap({ [$0.key, $0.value] }) {
                #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
                #expect(text.utf8.count <= 1024)
            }
            #expect(line.metadata.count <= 35)
        }

        @Test func theProvidersDescriptionOfAnErrorStartsNoLine() async throws {
            let fixture = try Fixture()
            var browser = try fixture.browser()
            let words = "a%0D%0Alevel%3Derror" + String(repeating: "w", count: 1500)
            try await browser.open("/callback?error=server_error&error_description=\(words)")
            let line = try #require(fixture.log.lines(of: "login.refused").first)
            #expect(line.metadata["login.diagnosis"]?.contains("level=error") == true)
            #expect(!line.text.contains("\r") && line.metadata.values.allSatisfy { !$0.contains("\n") })
            #expect(line.metadata.values.allSatisfy { $0.utf8.count <= 1024 })
        }
    }

#endif
