import OAuthTypes
import WireFormats

/// The settings of a server and their faults.
struct DevSettings: Sendable {
    let issuer: Issuer
    let clients: [DevClient]
    let accounts: [DevAccount]
    let apiAudience: String
    let apiScopes: [DevScope]
    let lifetimes: DevLifetimes
    let rules: RuleRunner
    let clock: WallClock
    let random: RandomSource

    /// The issuer's path without a trailing slash. The paths of all endpoints begin with it.
    var basePath: String {
        let path = issuer.text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).first
        guard let path, !path.isEmpty else { return "" }
        return path.hasSuffix("/") ? "/\(path.dropLast())" : "/\(path)"
    }

    /// Every fault, in the order of the settings.
    func faults(environment: String?) -> [DevServerFault] {
        var faults: [DevServerFault] = []
        if EnvironmentVariables.meansProduction(environment) { faults.append(.production) }
        if !issuer.origin.isLoopback { faults.append(.issuerNotLoopback(issuer)) }
        faults += clientFaults + accountFaults
        if apiAudience.isEmpty { faults.append(.emptyAudience) }
        faults += scopeFaults
        if !lifetimes.areReasonable { faults.append(.lifetimes) }
        return faults
    }

    private var clientFaults: [DevServerFault] {
        let repeated = Self.repetitions(clients.map(\.id)).map(DevServerFault.repeatedClient)
        return (clients.isEmpty ? [.noClient] : []) + repeated + clients.flatMap(Self.faults)
            + clients.flatMap(accessFaults)
    }

    private func accessFaults(of client: DevClient) -> [DevServerFault] {
        let known = (DevScope.standard + apiScopes).map(\.name)
        let unknown = (client.scope?.values ?? []).filter { !known.contains($0) } + client.audiences.filter(\.isEmpty)
        let organizations =
            Self.repetitions(client.organizations.map(\.id)) + client.organizations.map(\.id).filter(\.isEmpty)
        return unknown.map { .clientAccess(client.id, $0) } + organizations.map { .organization(client.id, $0) }
    }

    private static func faults(of client: DevClient) -> [DevServerFault] {
        var faults: [DevServerFault] = []
        let secret = client.secret.exposedText
        if client.authentication.usesSecret, secret.isEmpty { faults.append(.emptySecret(client.id)) }
        // RFC 7518 §3.2
        if client.authentication == .secretJWT, (1..<32).contains(secret.utf8.count) {
            faults.append(.shortSecret(client.id))
        }
        if client.keys == nil, client.authentication == .privateKeyJWT || client.requiresSignedRequest {
            faults.append(.noKeys(client.id))
        }
        if client.redirectURIs.isEmpty { faults.append(.noRedirectURI(client.id)) }
        let urls = client.redirectURIs + client.postLogoutRedirectURIs
        return faults + urls.filter { !$0.origin.isLoopback }.map { .redirectNotLoopback(client.id, $0) }
    }

    private var accountFaults: [DevServerFault] {
        let names = accounts.map(\.username)
        let faultyNames = Self.repetitions(names) + (names.contains("") ? [""] : [])
        let subjects = Self.repetitions(accounts.map(\.subject)).map(DevServerFault.repeatedSubject)
        let passwords = accounts.filter { $0.loginOptions.contains(.password) && $0.password.exposedText.isEmpty }
        return (accounts.isEmpty ? [.noAccount] : []) + faultyNames.map(DevServerFault.username) + subjects
            + passwords.map { .emptyPassword(username: $0.username) } + accounts.flatMap(Self.claimFaults) + loginFaults
    }

    private var loginFaults: [DevServerFault] {
        let addresses = accounts.filter { $0.loginOptions.contains(.emailCode) }.map { $0.email.lowercased() }
        return accounts.filter(\.loginOptions.isEmpty).map { .noLoginOption(username: $0.username) }
            + Self.repetitions(addresses).map { .repeatedEmail($0) }
    }

    private static func claimFaults(of account: DevAccount) -> [DevServerFault] {
        account.claims.members.map(\.name).filter(DevAccount.reservedClaims.contains).map {
            .reservedClaim(username: account.username, name: $0)
        }
    }

    private var scopeFaults: [DevServerFault] {
        let names = DevScope.standard.map(\.name) + apiScopes.map(\.name)
        let malformed = apiScopes.map(\.name).filter { (try? Scope([$0])) == nil }
        return (Self.repetitions(names) + malformed).map(DevServerFault.scope)
    }

    private static func repetitions<Item: Hashable>(_ items: [Item]) -> [Item] {
        var seen: Set<Item> = []
        return items.filter { !seen.insert($0).inserted }
    }
}

extension DevLifetimes {
    fileprivate var areReasonable: Bool {
        [code, accessToken, idToken, refreshToken, session, page, loginCode, pushedRequest].allSatisfy {
            $0 >= .seconds(1) && $0 <= .seconds(315_360_000)
        }
    }
}
