import LoginFlow
import OAuthTypes
import SessionStore

/// Opens the session store that the settings name, and finds keys to seal with.
struct StoreChoice {
    let store: Settings.Store

    /// - Throws: `LoginSettingsError` when the place cannot be used.
    func open() throws(LoginSettingsError) -> any SessionStore {
        do {
            switch store {
            case .memory: return MemorySessionStore()
            case .file(let directory): return try FileSessionStore(path: directory, onEvent: StoreChoice.tell)
            case .sqlite(let file): return try SQLiteSessionStore(path: file, onEvent: StoreChoice.tell)
            }
        } catch { throw StoreChoice.fault("LOGIN_SESSION_STORE", error) }
    }

    private static func fault(_ setting: String, _ error: any Error) -> LoginSettingsError {
        let fix = "Use memory, file:DIRECTORY or sqlite:FILE, where the parent exists and belongs to this user."
        return LoginSettingsError(faults: [SettingFault(setting: setting, problem: "\(error)", fix: fix)])
    }

    /// Keys for an app on loopback that was given none: beside a store that survives a restart they must
    /// survive it too.
    func developmentKeys(random: RandomSource) throws(LoginSettingsError) -> SealingKeys {
        switch store {
        case .memory: return SealingKeys(generatedBy: random)
        case .file(let path), .sqlite(let path):
            let file = path.hasSuffix("/") ? String(path.dropLast()) + ".keys" : path + ".keys"
            StandardError.write(
                "warning: LOGIN_SESSION_SECRET is not set; sessions are sealed with the key in \(file). "
                    + "Whoever has both files can read the sessions' summaries: fine for development only.")
            do { return try SealingKeyFile(path: file).keys(random: random) } catch {
                throw StoreChoice.fault("LOGIN_SESSION_STORE", error)
            }
        }
    }

    private static func tell(_ event: SessionStoreEvent) {
        StandardError.write("store: \(event)")
    }
}
