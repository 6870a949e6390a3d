import OAuthTypes
import SessionStore

/// Where sessions are stored.
enum StoreChoice: Equatable {
    case memory
    case file(String)
    case sqlite(String)

    func open(random: RandomSource, telling onEvent: @escaping @Sendable (SessionStoreEvent) -> Void)
        throws(SessionStoreError) -> any SessionStore
    {
        switch self {
        case .memory: MemorySessionStore()
        case .file(let directory): try FileSessionStore(path: directory, random: random, onEvent: onEvent)
        case .sqlite(let file): try SQLiteSessionStore(path: file, random: random, onEvent: onEvent)
        }
    }

    /// Looks at the store's place without making or changing anything.
    func examine() throws(SessionStoreError) {
        switch self {
        case .memory: break
        case .file(let directory): try FileSessionStore.examine(directory)
        case .sqlite(let file): try SQLiteSessionStore.examine(file)
        }
    }

    /// Where the keys of a development app are kept: a store that survives a restart needs keys that survive it.
    var keyFile: String? {
        switch self {
        case .memory: nil
        case .file(let path), .sqlite(let path):
            path.hasSuffix("/") ? String(path.dropLast()) + ".keys" : path + ".keys"
        }
    }
}

extension SettingReader {
    private static let storeFix = "Use memory, file:DIRECTORY or sqlite:FILE"

    mutating func storeChoice() -> StoreChoice {
        guard let text = texts[.sessionStore], text != "memory" else { return .memory }
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("file", 2): return .file(parts[1])
        case ("sqlite", 2): return .sqlite(parts[1])
        default:
            // The rest may hold the password of a database.
            let kind = (parts.first ?? "").printable(upTo: 20)
            note(.sessionStore, problem: "'\(kind)' is not a kind of store", fix: Self.storeFix + ".")
            return .memory
        }
    }

    mutating func noteUnusableStore(_ error: any Error) {
        note(
            .sessionStore, problem: "\(error)", fix: Self.storeFix + ", in an existing directory of this user.")
    }

    mutating func keys() -> SealingKeys? {
        guard let text = texts[.sessionSecret] else { return nil }
        do { return try SealingKeys(parsing: text) } catch {
            note(
                .sessionSecret,
                problem: "it is not a list of secrets, each of at least 32 octets in base64url or hex",
                fix: "Generate one with: openssl rand -hex 32. Separate several with commas, the newest first.")
            return nil
        }
    }

    mutating func requireSecret(for baseURL: EndpointURL?) {
        guard texts[.sessionSecret] == nil, isProduction() || baseURL?.origin.isLoopback == false else { return }
        note([
            SettingFault(
                setting: texts.name(of: .sessionSecret),
                problem: "it is not set, and this is not a development app on loopback",
                fix: "Generate one with: openssl rand -hex 32.")
        ])
    }
}
