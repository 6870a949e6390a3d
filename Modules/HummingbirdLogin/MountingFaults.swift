#if Hummingbird

    import OAuthTypes
    import LoginFlow

    /// The ways to mount a login where it cannot work.
    extension SettingFault {
        static func routesBeforeLogin(_ routes: [String]) -> SettingFault {
            SettingFault(
                setting: "addLogin",
                problem: "routes were added before it and get no session: \(routes.joined(separator: ", "))",
                fix: "Call addLogin first, or name them in leavingOut.")
        }

        static func hiddenRoutes(_ routes: [String]) -> SettingFault {
            SettingFault(
                setting: "routes",
                problem: "the login would hide routes at its paths: \(routes.joined(separator: ", "))",
                fix: "Change their paths, or those of LoginSettings.routes.")
        }

        /// Always a fault: a session of one flow must not open the pages of the other.
        static func secondLogin(_ flow: LoginFlow, beside other: LoginFlow) -> [SettingFault] {
            let second = SettingFault(
                setting: "addLogin",
                problem: "the router has a login already, so a route could not tell whose session it gets",
                fix: "Add a LoginMiddleware to a group for each flow instead.")
            let paths = flow.ownedPaths.filter(other.ownedPaths.contains)
            return [second, sameName(flow, other), paths.isEmpty ? nil : samePaths(paths)].compactMap(\.self)
        }

        static func unusablePath(_ path: String) -> SettingFault {
            SettingFault(
                setting: "requiringLoginBelow", problem: "\"\(path)\" cannot be protected",
                fix:
                    "Give the components as they are, such as /account. For captures and wildcards use requireLogin() on a group."
            )
        }

        private static func sameName(_ flow: LoginFlow, _ other: LoginFlow) -> SettingFault? {
            guard flow.name == other.name else { return nil }
            return SettingFault(
                setting: "name", problem: "both flows have \(flow.name.map { "the name \($0)" } ?? "no name")",
                fix: "Give each flow on one origin another LoginSettings.name, or each overwrites the other's cookies.")
        }

        private static func samePaths(_ paths: [String]) -> SettingFault {
            SettingFault(
                setting: "routes", problem: "both flows answer \(paths.joined(separator: ", "))",
                fix: "Give each flow on one origin other paths in LoginSettings.routes.")
        }
    }

#endif
