import LoginFlow
import OAuthTypes
import TestSupport
import Testing

/// Pages of the app that cannot be shown.
@Suite struct PageProblemTests {
    @Test(arguments: PageProblem.allCases) func looksLikeAProblemOfTheFlow(problem: PageProblem) async throws {
        let fixture = try FlowFixture()
        let reply = fixture.flow.reply(to: FlowFixture.request("/nowhere"), showing: problem)
        #expect(reply.status == problem.status)
        #expect(reply.text.contains("<h1>"))
        #expect(reply.fields.values(named: "Cache-Control") == ["no-store"])
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
    }

    @Test(arguments: PageProblem.allCases) func isNoRefusedLogin(problem: PageProblem) async throws {
        let fixture = try FlowFixture()
        _ = fixture.flow.reply(to: FlowFixture.request("/nowhere"), showing: problem, diagnosis: "why")
        #expect(fixture.events.refusals.isEmpty)
        let failed = fixture.events("page.failed")
        #expect(failed.count == (problem.status < 500 ? 0 : 1))
        #expect(failed.allSatisfy { $0.details.contains(.init("diagnosis", "why")) })
    }

    @Test func theReferenceFindsTheEventAndTheDiagnosisIsNotShown() async throws {
        let fixture = try FlowFixture()
        let request = FlowFixture.request("/nowhere")
        let reply = fixture.flow.reply(to: request, showing: .failed, diagnosis: "the-diagnosis")
        let reference = try #require(fixture.events("page.failed").first?.correlationID)
        #expect(reply.text.contains(reference))
        #expect(!reply.text.contains("the-diagnosis"))
    }

    @Test func aProgramIsToldInJSON() async throws {
        let fixture = try FlowFixture()
        let request = FlowFixture.request("/nowhere", accept: "application/json")
        let reply = fixture.flow.reply(to: request, showing: .notFound)
        #expect(reply.fields.values(named: "Content-Type") == ["application/problem+json"])
        #expect(reply.text.contains(#""code":"page_not_found""#))
    }

    @Test func aHeadHasNoBody() async throws {
        let fixture = try FlowFixture()
        let reply = fixture.flow.reply(to: FlowFixture.request("/nowhere", method: .head), showing: .notFound)
        #expect(reply.status == 404)
        #expect(reply.body.isEmpty)
    }
}
