public import LoginFlow
public import OAuthTypes
public import SessionStore

extension ConfiguredLogin {
    /// Creates the login that the variables describe; or tells what is wrong and ends the process.
    ///
    ///     let login = ConfiguredLogin.orExit()
    ///
    /// For the first lines of a program: an error that leaves `main` would be told with a stack trace. Every fault is a line on
    /// standard error and shows no secret, and the exit code is 2. ``warnings`` are lines there too. If `configure` throws
    /// something else than `SettingsError`, that is the line, and the exit code is 1.
    ///
    /// The parameters are those of ``init(variables:store:configure:wrapStore:)``.
    public static func orExit(
        variables: EnvironmentVariables = .process, store: (any SessionStore)? = nil,
        configure: Changes = { _, _ in }, wrapStore: StoreWrapper = { $0 }
    ) -> ConfiguredLogin {
        let made = Result {
            try ConfiguredLogin(variables: variables, store: store, configure: configure, wrapStore: wrapStore)
        }
        return started(made)
    }

    /// The login with its warnings told, or the end of the process.
    package static func started(_ made: Result<ConfiguredLogin, any Error>) -> ConfiguredLogin {
        switch made {
        case .success(let login):
            for warning in login.warnings { StandardError.tell("warning: \(warning)") }
            return login
        case .failure(let error as SettingsError): error.exit()
        case .failure(let error):
            StandardError.tell("error: \(error)")
            StandardError.endProcess(code: 1)
        }
    }
}

extension SettingsError {
    /// Writes each fault to standard error as one line, and ends the process with the exit code 2.
    ///
    /// ```swift
    /// do { try start() } catch let error as SettingsError { error.exit() }
    /// ```
    public func exit() -> Never {
        for fault in faults { StandardError.tell("\(fault)") }
        StandardError.endProcess(code: 2)
    }
}
