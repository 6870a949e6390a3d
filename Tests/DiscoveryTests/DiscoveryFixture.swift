import Discovery
import OAuthTypes
import TestSupport

/// Documents and answers of one provider.
enum DiscoveryFixture {
    static let members = [
        ("issuer", #""https://login.example""#), ("authorization_endpoint", #""https://login.example/authorize""#),
        ("token_endpoint", #""https://login.example/token""#), ("jwks_uri", #""https://keys.example/jwks""#),
    ]

    /// A good document with some members replaced, added, or, with nil, removed.
    static func document(_ changes: [String: String?] = [:]) -> String {
        var members = DiscoveryFixture.members.filter { changes[$0.0] == nil }
        members += changes.sorted { $0.key < $1.key }.compactMap { name, value in value.map { (name, $0) } }
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    static func metadata(_ changes: [String: String?]) async throws -> ProviderMetadata {
        let discovery = try Discovery(
            issuer: Issuer("https://login.example"), transport: ScriptedTransport(.json(document(changes))),
            clock: ManualClock().wall)
        return try await discovery.metadata()
    }
}
