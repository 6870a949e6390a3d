#if Hummingbird

    import OAuthTypes
    import LoginFlow

    /// Paths that need a login, compared by component and without case.
    struct ProtectedPaths: Sendable {
        private let paths: [[String]]

        /// Reads the paths; empty components are ignored, as the router ignores them.
        init(_ texts: [String]) throws(SettingsError) {
            // A capture would protect one path of that very name and nothing else; a query and a fragment, nothing at all.
            let unusable = texts.filter { $0.isEmpty || $0.contains { ":*{}?#".contains($0) } }
            guard unusable.isEmpty else { throw SettingsError(faults: unusable.map(SettingFault.unusablePath)) }
            paths = texts.map(ProtectedPaths.components)
        }

        /// Whether `path` is one of the paths or below one.
        func contains(_ path: String) -> Bool {
            guard !paths.isEmpty else { return false }
            let components = ProtectedPaths.components(of: path)
            return paths.contains { components.starts(with: $0) }
        }

        private static func components(of path: String) -> [String] {
            path.split(separator: "/").map { $0.lowercased() }
        }
    }

#endif
