package import OAuthTypes

/// The texts of the settings, and how faults name them.
package struct SettingTexts: Sendable {
    private let texts: [LoginVariable: String]
    private let names: @Sendable (LoginVariable) -> String
    /// What is wrong with the texts themselves.
    let faults: [SettingFault]
    /// What deserves a look.
    let warnings: [SettingFault]

    /// Creates texts that were read elsewhere.
    package init(
        _ texts: [LoginVariable: String], faults: [SettingFault] = [],
        named names: @escaping @Sendable (LoginVariable) -> String
    ) {
        self.texts = texts
        self.names = names
        self.faults = faults
        warnings = []
    }

    init(_ variables: EnvironmentVariables) {
        let pairs = LoginVariable.allCases.compactMap { one in variables[one.rawValue].map { (one, $0) } }
        texts = Dictionary(uniqueKeysWithValues: pairs)
        names = { $0.rawValue }
        faults = []
        warnings = variables.unknownLoginVariables
    }

    /// The text of a setting; an empty one counts as unset.
    subscript(variable: LoginVariable) -> String? { texts[variable].flatMap { $0.isEmpty ? nil : $0 } }

    /// What the user calls the setting.
    func name(of variable: LoginVariable) -> String { names(variable) }
}
