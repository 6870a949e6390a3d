extension LoginFlow {
    /// The paths that only the flow answers, for adapters to frameworks.
    package var ownedPaths: [String] { settings.ownedPaths }

    /// The name in front of the cookies' names.
    package var name: String? { settings.name }
}
