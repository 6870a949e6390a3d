import AuthURL
import OAuthTypes

/// What one login is begun with, beyond the settings.
struct LoginWish: Sendable {
    /// What the page requires.
    var requirement = Requirement.login
    /// What the login's address asks for.
    var choices: [LoginOption.Choice] = []

    var isSilent: Bool { requirement.kind == .silentLogin }
}

extension AuthorizationRequest {
    /// Applies what has a property, so that hooks see it and have the last word.
    mutating func propose(_ wish: LoginWish) {
        for choice in wish.choices { choice.set(in: &self) }
        // Of a link that was cut: an invitation is one to an organization.
        if wish.choices.contains(where: { $0.option.name == LoginOption.invitation.name }), organization == nil {
            invitation = nil
        }
        enforce(wish.requirement)
    }

    /// Applies what no hook can change, and parameters that the hook has not set.
    mutating func settle(_ wish: LoginWish) throws(AuthorizationRequestError) {
        for choice in wish.choices { try choice.add(to: &self) }
        enforce(wish.requirement)
        guard wish.isSilent else { return }
        prompt = [.none]
        circumstances.insert(.silent)
    }

    // A login that does not meet what its page requires would lead there and back without end.
    private mutating func enforce(_ requirement: Requirement) {
        if let required = requirement.maxAge.map({ max($0, .zero) }) { maxAge = min(maxAge ?? required, required) }
        if !requirement.acrValues.isEmpty { acrValues = requirement.acrValues }
    }
}
