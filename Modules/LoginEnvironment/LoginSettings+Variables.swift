public import LoginFlow
public import OAuthTypes

extension LoginSettings {
    /// Reads the settings of a flow that you put together yourself, such as one with sessions in cookies.
    ///
    /// `LOGIN_CA_FILE`, `LOGIN_SESSION_STORE` and `LOGIN_SESSION_SECRET` are for ``ConfiguredLogin`` and are not read.
    /// - Throws: `SettingsError` with every fault, none of which shows a secret.
    public init(variables: EnvironmentVariables) throws(SettingsError) {
        try self.init(SettingTexts(variables))
    }

    package init(_ texts: SettingTexts) throws(SettingsError) {
        var reader = SettingReader(texts)
        reader.requireKnownEnvironment()
        let settings = reader.loginSettings()
        if let settings { reader.judge(settings) }
        guard let settings, reader.faults.isEmpty else { throw SettingsError(faults: reader.faults) }
        self = settings
    }
}
