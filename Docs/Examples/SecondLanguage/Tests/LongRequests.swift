import AuthURL
import LoginFlow

/// Makes each request to the provider too long for a URL.
struct LongRequests: LoginHooks {
    func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
        try request.addExtra("note", value: String(repeating: "a", count: 5_000))
    }

    func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
}
