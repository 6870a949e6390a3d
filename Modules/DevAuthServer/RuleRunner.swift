import CryptoPrimitives
import OAuthTypes
import WireFormats

/// Runs rules in order, each within the time limit.
struct RuleRunner: Sendable {
    let rules: [DevRule]
    let limit: Duration

    /// What the rules say together.
    struct Outcome {
        /// The claims that they add.
        var claims: JSONObject = [:]
        var asksUser = false
    }

    func verdict(on login: DevLogin) async throws(AuthorizationRequestError) -> Outcome {
        var outcome = Outcome()
        for rule in rules {
            switch await verdict(of: rule, on: login) {
            case .decided(.allow): continue
            case .decided(.deny(let reason)):
                throw .refused("access_denied", because: reason)
            case .decided(.allowAdding(let added)): try Self.add(added, of: rule, to: &outcome.claims)
            case .decided(.askUser): outcome.asksUser = true
            case .failed: throw Self.broken("the rule \(rule.name) failed")
            case .timedOut: throw Self.broken("the rule \(rule.name) took too long")
            }
        }
        return outcome
    }

    private static func add(_ added: JSONObject, of rule: DevRule, to claims: inout JSONObject)
        throws(AuthorizationRequestError)
    {
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

    private static func broken(_ description: String) -> AuthorizationRequestError {
        .refused("server_error", because: description)
    }

    private enum Verdict: Sendable {
        case decided(DevRuleDecision)
        case failed
        case timedOut
    }

    private func verdict(of rule: DevRule, on login: DevLogin) async -> Verdict {
        let (verdicts, reports) = AsyncStream.makeStream(of: Verdict.self, bufferingPolicy: .bufferingOldest(1))
        let work = Task { @concurrent in
            let decision = try? await rule.decide(login)
            reports.yield(decision.map(Verdict.decided) ?? .failed)
        }
        let alarm = Task { @concurrent [limit] in
            try? await Task.sleep(for: limit)
            reports.yield(.timedOut)
        }
        defer {
            work.cancel()
            alarm.cancel()
            reports.finish()
        }
        // The first to report wins; the stream keeps one element and drops the other.
        for await verdict in verdicts { return verdict }
        return .failed
    }
}
