import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// Shows the page that stands for another identity provider's login.
    func showTestProvider(_ visit: Visit) -> DevResponse {
        guard let pending = openRequest(visit.query["transaction"]) else { return stalePage() }
        return testProviderPage(for: pending, visit: visit)
    }

    /// Takes the choice of an account.
    func chooseAccount(_ visit: Visit) async -> DevResponse {
        guard let pending = pendingRequest(.provider, of: visit) else { return stalePage() }
        guard let account = visit.form["account"].flatMap({ self.account(named: $0, allowing: .testProvider) }) else {
            return refuseLogin(to: pending) { testProviderPage(for: pending, visit: visit, isRefused: true) }
        }
        return await logIn(account, by: .testProvider, for: pending, replacing: visit.sessionDigest)
    }
}
