import CurlTransport
import LoginFlow
import OAuthTypes
import SessionStore

/// The parts of a login while they are read, with everything that is wrong so far.
struct LoginParts {
    private(set) var reader: SettingReader
    private(set) var settings: LoginSettings?
    private(set) var environment: LoginFlow.Environment
    private(set) var warnings: [SettingFault]
    let transport: CurlTransport?
    private let choice: StoreChoice

    init(_ texts: SettingTexts) {
        var reader = SettingReader(texts)
        reader.requireKnownEnvironment()
        settings = reader.loginSettings()
        choice = reader.storeChoice()
        let made = reader.transport(to: settings?.issuer)
        transport = made
        environment = LoginFlow.Environment(transport: made ?? NoTransport())
        warnings = texts.warnings
        self.reader = reader
    }

    /// Lets the app change what was read, and judges the result.
    mutating func change(by configure: ConfiguredLogin.Changes) throws {
        guard var settings else { return }
        do { try configure(&settings, &environment) } catch let own as SettingsError {
            reader.note(own.faults)
        } catch {
            guard reader.faults.isEmpty else { return }
            throw error
        }
        if reader.isProduction() { settings.plaintext = .refused }
        reader.judge(settings)
        self.settings = settings
    }

    /// Notes what is wrong with the store and the secret. Nothing is made on the disk.
    mutating func examineStorage(_ own: (any SessionStore)?) -> SealingKeys? {
        if own != nil {
            reader.refuseStoreSetting()
        } else {
            do { try choice.examine() } catch { reader.noteUnusableStore(error) }
        }
        let given = reader.keys()
        reader.requireSecret(for: settings?.baseURL ?? reader.statedBaseURL)
        return given
    }

    /// Opens the store, or takes the app's own. A login that is refused leaves no file behind, so nothing is opened then.
    mutating func store(_ own: (any SessionStore)?) -> any SessionStore {
        if let own { return own }
        guard reader.faults.isEmpty else { return MemorySessionStore() }
        let environment = environment
        do { return try choice.open(random: environment.random) { environment.record($0) } } catch {
            reader.noteUnusableStore(error)
            return MemorySessionStore()
        }
    }

    /// The keys of the setting. A development app on loopback may do without it.
    mutating func keys(_ given: SealingKeys?, for own: (any SessionStore)?) -> SealingKeys {
        if let given { return given }
        if own != nil, reader.faults.isEmpty { warnings.append(reader.passingKeyWarning) }
        guard reader.faults.isEmpty, own == nil, let file = choice.keyFile else {
            return SealingKeys(generatedBy: environment.random)
        }
        warnings.append(reader.keyFileWarning(file))
        do { return try SealingKeyFile(path: file).keys(random: environment.random) } catch {
            reader.noteUnusableStore(error)
            return SealingKeys(generatedBy: environment.random)
        }
    }
}

extension SettingReader {
    /// The base address whatever else is wrong; its own faults have been told.
    fileprivate var statedBaseURL: EndpointURL? {
        texts[.baseURL].flatMap { try? EndpointURL($0, allowing: .loopback) }
    }

    fileprivate mutating func refuseStoreSetting() {
        guard texts[.sessionStore] != nil else { return }
        note([
            SettingFault(
                setting: texts.name(of: .sessionStore),
                problem: "it is set, but the app brings a session store of its own",
                fix: "Remove it.")
        ])
    }

    fileprivate var passingKeyWarning: SettingFault {
        SettingFault(
            setting: texts.name(of: .sessionSecret),
            problem: "it is not set; sessions are sealed with a key of this process",
            fix: "After a restart the store's sessions cannot be opened. Generate a secret with: openssl rand -hex 32.")
    }

    fileprivate func keyFileWarning(_ file: String) -> SettingFault {
        SettingFault(
            setting: texts.name(of: .sessionSecret),
            problem: "it is not set; sessions are sealed with the key in \(file)",
            fix: "Both files together reveal the sessions' summaries; use this for development only.")
    }
}

/// Stands in where the transport could not be made, and is never used: there is a fault then.
private struct NoTransport: HTTPTransport {
    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        throw TransportError(.unavailable, sent: .nothing)
    }
}
