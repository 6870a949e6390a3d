import CryptoPrimitives
import OAuthTypes
import WireFormats

/// Runs rules in order, each within the time limit.
struct RuleRunner: Sendable {
    let rules: [DevRule]
    let limit: Duration

    /// What a rule that says no, or fails, is answered with.
    struct Refusal: Error {
        let response: OAuthErrorResponse
    }

    /// The claims that all rules together add.
    func claims(for login: DevLogin) async throws(Refusal) -> JSONObject {
        var claims: JSONObject = [:]
        for rule in rules {
            switch await verdict(of: rule, on: login) {
            case .decided(.allow): continue
            case .decided(.deny(let reason)):
                throw Refusal(response: OAuthErrorResponse(error: "access_denied", errorDescription: reason))
            case .decided(.allowAdding(let added)): try Self.add(added, of: rule, to: &claims)
            case .failed: throw Self.broken("the rule \(rule.name) failed")
            case .timedOut: throw Self.broken("the rule \(rule.name) took too long")
            }
        }
        return claims
    }

    private static func add(_ added: JSONObject, of rule: DevRule, to claims: inout JSONObject) throws(Refusal) {
        for (name, value) in added.members {
            guard isNamespaced(name) else {
                throw broken("the rule \(rule.name) added a claim whose name is not an https URL")
            }
            claims[name] = value
        }
    }

    // RFC 7519 §4.2: collision-resistant names. No registered claim is a URL, so none can be replaced.
    static func isNamespaced(_ name: String) -> Bool {
        guard let url = try? EndpointURL(name) else { return false }
        return url.path.utf8.count > 1
    }

    private static func broken(_ description: String) -> Refusal {
        Refusal(response: OAuthErrorResponse(error: "server_error", errorDescription: description))
    }

    private enum Verdict: Sendable {
        case decided(DevRuleDecision)
        case failed
        case timedOut
    }

    private func verdict(of rule: DevRule, on login: DevLogin) async -> Verdict {
        let (verdicts, inbox) = AsyncStream.makeStream(of: Verdict.self, bufferingPolicy: .bufferingOldest(1))
        let work = Task { @concurrent in
            let decision = try? await rule.decide(login)
            inbox.yield(decision.map(Verdict.decided) ?? .failed)
        }
        let alarm = Task { @concurrent [limit] in
            try? await Task.sleep(for: limit)
            inbox.yield(.timedOut)
        }
        defer {
            work.cancel()
            alarm.cancel()
            inbox.finish()
        }
        // The first to report wins; the stream keeps one element and drops the other.
        for await verdict in verdicts { return verdict }
        return .failed
    }
}
