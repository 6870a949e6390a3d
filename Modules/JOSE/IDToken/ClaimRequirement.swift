public import OAuthTypes
package import WireFormats

/// What an app demands of ID tokens beyond the standards: a claim with one of some values, such as the user's organization.
public struct ClaimRequirement: Hashable, Sendable {
    /// How a claim is compared with the accepted values.
    public enum Comparison: Hashable, Sendable {
        /// Octet by octet.
        case exact
        /// Octet by octet, with `A`…`Z` as `a`…`z`.
        case ignoringCase
    }

    /// Values of one claim; nil for any text.
    fileprivate struct Choice: Hashable, Sendable {
        let claim: ClaimName
        let values: [String]?
        let comparison: Comparison
    }

    /// One of them must be met.
    private let choices: [Choice]
    /// Whether the ID token of a refresh may lack the claim; one with another value is refused all the same.
    public var mayBeAbsentAtRefresh = false

    /// Demands that `claim` is one of `values`. No values: every token is refused.
    public init(_ claim: ClaimName, isOneOf values: [String], comparing comparison: Comparison = .exact) {
        choices = [Choice(claim: claim, values: values, comparison: comparison)]
    }

    private init(_ choices: [Choice]) { self.choices = choices }

    /// Demands one of these organizations: identifiers are compared with `org_id` octet by octet, names with `org_name`
    /// without regard to case. No organizations: every token is refused.
    public static func organization(isOneOf organizations: [Organization]) -> ClaimRequirement {
        let identifiers = organizations.filter(\.isIdentifier).map(\.text)
        let names = organizations.filter { !$0.isIdentifier }.map(\.text)
        return ClaimRequirement([
            Choice(claim: .organizationID, values: identifiers, comparison: .exact),
            Choice(claim: .organizationName, values: names, comparison: .ignoringCase),
        ])
    }

    /// Demands some organization (`org_id`).
    public static let anyOrganization = ClaimRequirement([
        Choice(claim: .organizationID, values: nil, comparison: .exact)
    ])

    /// Whether claims that were verified before meet it.
    package func isMet(by claims: JSONObject) -> Bool {
        choices.contains { choice in
            claims[choice.claim.rawValue]?.stringValue.map { !$0.isEmpty && choice.accepts($0) } ?? false
        }
    }

    /// Throws unless the claims meet it.
    func judge(_ claims: Claims, isRefresh: Bool) throws(ClaimError) {
        guard !choices.contains(where: { $0.isMet(by: claims) }) else { return }
        let possible = choices.filter { $0.values?.isEmpty != true }
        let asked = possible.isEmpty ? choices : possible
        if let found = asked.first(where: { claims.member($0.claim) != nil }) { throw found.refusal(of: claims) }
        guard !isRefresh || !mayBeAbsentAtRefresh else { return }
        throw .missing(asked.first?.claim ?? .organizationID)
    }
}

extension ClaimRequirement.Choice {
    fileprivate func isMet(by claims: Claims) -> Bool {
        text(in: claims).map(accepts) ?? false
    }

    func accepts(_ text: String) -> Bool {
        guard let values else { return true }
        return values.contains { comparison == .exact ? $0.hasSameOctets(as: text) : $0.matches(text) }
    }

    fileprivate func refusal(of claims: Claims) -> ClaimError {
        guard let text = text(in: claims) else { return .malformed(claim) }
        return .mismatch(claim, claim.isShown ? Mismatch(expected: values ?? [], found: [text]) : nil)
    }

    private func text(in claims: Claims) -> String? {
        claims.member(claim).flatMap(claims.json.text).flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension String {
    /// Whether both are the same but for the case of ASCII letters.
    fileprivate func matches(_ other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy {
                $0 == $1 || ($0 | 0x20 == $1 | 0x20 && (0x61...0x7A).contains($0 | 0x20))
            }
    }
}
