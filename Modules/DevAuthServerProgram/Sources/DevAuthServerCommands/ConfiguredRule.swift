public import DevAuthServer
import OAuthTypes
import WireFormats

/// A rule of the file: for all logins, or for those of one account or one client.
public struct ConfiguredRule: Sendable {
    /// Where it stands.
    public let path: String
    /// The name in error messages.
    public let name: String
    /// The account it is for; nil for all.
    public let username: String?
    /// The client it is for; nil for all.
    public let clientID: String?
    /// What it decides.
    public let decision: DevRuleDecision

    /// The rule as the server takes it.
    public var rule: DevRule {
        DevRule(name) { login in
            let isMeant = [(username, login.username), (clientID, login.clientID.text)].allSatisfy { wanted, found in
                wanted.map { $0.hasSameOctets(as: found) } ?? true
            }
            return isMeant ? decision : .allow
        }
    }
}

extension String {
    fileprivate func hasSameOctets(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
