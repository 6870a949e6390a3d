/// A setting that cannot work, with what to do about it: a part of ``SettingsError``.
public struct SettingFault: Hashable, Sendable, CustomStringConvertible {
    /// The setting's name.
    public let setting: String
    /// What is wrong.
    public let problem: String
    /// What to do.
    public let fix: String

    /// Creates a fault.
    public init(setting: String, problem: String, fix: String) {
        self.setting = setting
        self.problem = problem
        self.fix = fix
    }

    /// Setting, problem and fix in one line.
    public var description: String { "\(setting): \(problem). \(fix)" }
}

/// Every fault of the settings, reported together.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The faults, at least one.
    public let faults: [SettingFault]

    /// Creates an error of these faults.
    public init(faults: [SettingFault]) { self.faults = faults }

    /// One line per fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
