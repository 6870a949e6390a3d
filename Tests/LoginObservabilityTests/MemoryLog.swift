#if Observability

    import Concurrency
    import Logging

    /// A line as a backend receives it.
    struct LogLine: Sendable {
        let level: Logger.Level
        let message: String
        let metadata: [String: String]

        /// All of it.
        var text: String { "\(level) \(message)" + metadata.map { "\n\($0.key)=\($0.value)" }.sorted().joined() }
    }

    /// Keeps every line.
    final class MemoryLog: Sendable {
        private let state = Lock<[LogLine]>([])

        var lines: [LogLine] { state.withLock { $0 } }
        var logger: Logger { Logger(label: "login") { _ in Handler(log: self) } }

        func lines(of event: String) -> [LogLine] { lines.filter { $0.message == event } }

        fileprivate func append(_ line: LogLine) { state.withLock { $0.append(line) } }
    }

    private struct Handler: LogHandler {
        let log: MemoryLog
        var metadata: Logger.Metadata = [:]
        var metadataProvider: Logger.MetadataProvider?
        var logLevel: Logger.Level = .trace

        init(log: MemoryLog) { self.log = log }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.append(
                LogLine(
                    level: event.level, message: event.message.description,
                    metadata: (event.metadata ?? [:]).mapValues(\.description)))
        }
    }

#endif
