import LoginFlow
import OAuthTypes
import SessionStore

/// Opens the session store of the settings, and finds keys for it.
struct StoreChoice {
    let store: Settings.Store

    /// - Throws: `SettingsError` if the file or directory cannot be used.
    func open() throws(SettingsError) -> any SessionStore {
        do {
            switch store {
            case .memory: return MemorySessionStore()
            case .file(let directory): return try FileSessionStore(path: directory, onEvent: StoreChoice.tell)
            case .sqlite(let file): return try SQLiteSessionStore(path: file, onEvent: StoreChoice.tell)
            }
        } catch { throw StoreChoice.fault(in: "LOGIN_SESSION_STORE", error: error) }
    }

    private static func fault(in setting: String, error: any Error) -> SettingsError {
        let fix = "Use memory, file:DIRECTORY or sqlite:FILE, in an existing directory of this user."
        return SettingsError(faults: [SettingFault(setting: setting, problem: "\(error)", fix: fix)])
    }

    /// Keys for an app on loopback that was given none. With a store that survives a restart, the keys must survive it
    /// too.
    func developmentKeys(random: RandomSource) throws(SettingsError) -> SealingKeys {
        switch store {
        case .memory: return SealingKeys(generatedBy: random)
        case .file(let path), .sqlite(let path):
            let file = path.hasSuffix("/") ? String(path.dropLast()) + ".keys" : path + ".keys"
            StandardError.write(
                "warning: LOGIN_SESSION_SECRET is not set; sessions are sealed with the key in \(file). "
                    + "Both files together reveal the sessions' summaries; use this for development only.")
            do { return try SealingKeyFile(path: file).keys(random: random) } catch {
                throw StoreChoice.fault(in: "LOGIN_SESSION_STORE", error: error)
            }
        }
    }

    private static func tell(_ event: SessionStoreEvent) {
        StandardError.write("store: \(event)")
    }
}
