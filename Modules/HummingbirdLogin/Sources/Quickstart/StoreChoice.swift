import OAuthTypes
import SessionStore

/// Opens the session store that the settings name, and finds keys to seal with.
struct StoreChoice {
    let store: Settings.Store

    func open() throws -> any SessionStore {
        switch store {
        case .memory: MemorySessionStore()
        case .file(let directory): try FileSessionStore(path: directory, onEvent: StoreChoice.tell)
        case .sqlite(let file): try SQLiteSessionStore(path: file, onEvent: StoreChoice.tell)
        }
    }

    /// Keys for an app on loopback that was given none: beside a store that survives a restart they must survive it
    /// too.
    func developmentKeys(random: RandomSource) throws -> SealingKeys {
        switch store {
        case .memory: return SealingKeys(generatedBy: random)
        case .file(let path), .sqlite(let path):
            let file = path.hasSuffix("/") ? String(path.dropLast()) + ".keys" : path + ".keys"
            StandardError.write(
                "warning: LOGIN_SESSION_SECRET is not set; sessions are sealed with the key in \(file). "
                    + "Whoever has both files can read the sessions' summaries: fine for development only.")
            return try SealingKeyFile(path: file).keys(random: random)
        }
    }

    private static func tell(_ event: SessionStoreEvent) {
        StandardError.write("store: \(event)")
    }
}
