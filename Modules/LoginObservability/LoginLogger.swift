#if Observability

    public import Logging
    public import OAuthTypes

    /// Logs the events of the flow with swift-log.
    ///
    /// ```swift
    /// environment.observers = [LoginLogger(Logger(label: "login"))]
    /// ```
    /// The message is the event's name. Metadata: `login.correlation_id`, and where they apply `login.step` (1…10),
    /// `login.duration` in seconds, and each detail as `login.NAME`. The levels are fixed; what visitors can cause at
    /// will is no `error`, but for the two cases that the guide names.
    ///
    /// Details hold no secrets. They may repeat words of the provider or of a request, so all but printable ASCII is
    /// dropped and each is cut to 1,024 octets.
    public struct LoginLogger: FlowObserver {
        private static let maximumDetails = 32

        private let logger: Logger
        private let hidden: Set<String>

        /// Creates a logger of events.
        /// - Parameters:
        ///   - logger: writes the lines; its level applies.
        ///   - hidden: names of details whose value is not to be logged, such as `sub`, which names the user.
        public init(_ logger: Logger, hiding hidden: Set<String> = []) {
            self.logger = logger
            self.hidden = hidden
        }

        /// Logs `event`.
        public func record(_ event: FlowEvent) {
            logger.log(
                level: KnownEvent.level(of: event), "\(event.name.printable(upTo: 64))", metadata: metadata(of: event),
                source: "LoginFlow")
        }

        private func metadata(of event: FlowEvent) -> Logger.Metadata {
            var metadata: Logger.Metadata = [:]
            for detail in event.details.prefix(LoginLogger.maximumDetails) {
                let value = hidden.contains(detail.name) ? "•••" : LoginLogger.shown(detail.value)
                metadata["login." + detail.name.printable(upTo: 64)] = .string(value)
            }
            metadata["login.correlation_id"] = .string(event.correlationID.printable(upTo: 64))
            if let step = event.step { metadata["login.step"] = .stringConvertible(step.rawValue) }
            if let duration = event.duration { metadata["login.duration"] = .stringConvertible(duration.inSeconds) }
            return metadata
        }

        // The dots stand for a secret.
        private static func shown(_ value: String) -> String {
            guard value.hasSuffix("•••") else { return value.printable(upTo: 1024) }
            return String(value.dropLast(3)).printable(upTo: 1024) + "•••"
        }
    }

#endif
