import CurlTransport
public import OAuthTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a command may use beyond its input and output. By default there is nothing.
public struct Surroundings: Sendable {
    /// The environment variables that a command may read.
    var environment: EnvironmentVariables
    /// Creates the transport; the argument is a file with certificate authorities.
    var transport: @Sendable (_ caFile: String?) throws(TransportError) -> any HTTPTransport
    /// Whether output may be coloured.
    var hasColor: Bool
    /// Shows what is being done, for people who wait. Nil where nobody watches.
    var progress: (@Sendable (String) -> Void)?

    /// Creates surroundings.
    public init(
        environment: EnvironmentVariables = [:], hasColor: Bool = false,
        transport: @escaping @Sendable (_ caFile: String?) throws(TransportError) -> any HTTPTransport = Self
            .noTransport
    ) {
        self.environment = environment
        self.hasColor = hasColor
        self.transport = transport
    }

    /// No network.
    @Sendable public static func noTransport(_ caFile: String?) throws(TransportError) -> any HTTPTransport {
        throw TransportError(.unavailable, sent: .nothing)
    }

    static var process: Surroundings {
        let variables = EnvironmentVariables.process
        // https://no-color.org: any value but an empty one.
        let mayColor = variables["NO_COLOR"] == nil && variables["TERM"] != "dumb"
        var process = Surroundings(
            environment: variables, hasColor: isatty(STDOUT_FILENO) == 1 && mayColor,
            transport: { caFile throws(TransportError) in try CurlTransport(CurlConfiguration(caFile: caFile)) })
        if isatty(STDERR_FILENO) == 1 {
            process.progress = { text in try? OpenFile.standardError.write(Array(text.utf8)) }
        }
        return process
    }
}
