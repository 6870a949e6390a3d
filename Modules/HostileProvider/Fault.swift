extension HostileProvider {
    /// One thing that is wrong with a provider, or only unusual.
    ///
    /// A test that runs over ``allCases`` covers a relying party:
    ///
    ///     @Test(arguments: HostileProvider.Fault.allCases.filter { $0.stage == .login })
    ///     func theLoginSucceedsOnlyWhereItMay(_ fault: HostileProvider.Fault) async throws { … }
    public struct Fault: Sendable, Hashable, CaseIterable, CustomStringConvertible {
        /// What a relying party must do.
        public enum Expectation: Hashable, Sendable {
            /// Go on: the provider does nothing wrong.
            case accept
            /// Use nothing of what the fault is in. No session begins, or, where the session exists already, it gets
            /// neither the tokens nor the claims.
            case refuse
        }

        /// When the fault shows.
        public enum Stage: Hashable, Sendable, CaseIterable {
            /// At any login.
            case login
            /// At a login whose response comes by `form_post`.
            case postedResponse
            /// At a login whose response is signed (JARM).
            case signedResponse
            /// At a login whose request is pushed (RFC 9126).
            case pushedRequest
            /// At a login whose claims come from the UserInfo endpoint.
            case userInfo
            /// When the access token is refreshed.
            case refresh
        }

        /// Its name, that of the constant.
        public let name: String
        /// The module of the OpenID conformance suite that has this fault; nil for an attack beyond its plans.
        public let moduleID: String?
        /// When it shows.
        public let stage: Stage
        /// What a relying party must do.
        public let expectation: Expectation
        /// What the provider does.
        public let summary: String
        let recipe: Recipe

        init(
            _ name: String, _ expectation: Expectation, module moduleID: String? = nil, at stage: Stage = .login,
            summary: String, recipe: Recipe = Recipe()
        ) {
            self.name = name
            self.moduleID = moduleID
            self.stage = stage
            self.expectation = expectation
            self.summary = summary
            self.recipe = recipe
        }

        /// The faults of the conformance suite's plans first, then the attacks beyond them.
        public static var allCases: [Fault] {
            basic + configuration + refreshing + comprehensive + messageSigning + financial + responseAttacks
                + tokenAttacks + keyAttacks + endpointAttacks
        }

        /// Compares names.
        public static func == (left: Fault, right: Fault) -> Bool { left.name == right.name }

        /// Hashes the name.
        public func hash(into hasher: inout Hasher) { hasher.combine(name) }

        /// The name.
        public var description: String { name }
    }
}
