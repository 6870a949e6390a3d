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
    var environment: [String: String]
    /// Creates the transport; the argument is a file with certificate authorities.
    var transport: @Sendable (_ caFile: String?) throws(TransportError) -> any HTTPTransport
    /// Whether output may be coloured.
    var hasColor: Bool
    /// Shows what is being done, for people who wait. Nil where nobody watches.
    var progress: (@Sendable (String) -> Void)?

    /// Creates surroundings.
    public init(
        environment: [String: String] = [:], hasColor: Bool = false,
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
        var process = Surroundings(
            environment: variables, hasColor: isatty(STDOUT_FILENO) == 1 && mayColor,
            transport: { caFile throws(TransportError) in try CurlTransport(CurlConfiguration(caFile: caFile)) })
        if isatty(STDERR_FILENO) == 1 {
            process.progress = { text in try? OpenFile.standardError.write(Array(text.utf8)) }
        }
        return process
    }

    // https://no-color.org: any value but an empty one.
    private static var mayColor: Bool { (variables["NO_COLOR"] ?? "").isEmpty && variables["TERM"] != "dumb" }

    private static var variables: [String: String] {
        let names = [
            "LOGIN_ISSUER", "LOGIN_CLIENT_ID", "LOGIN_CLIENT_SECRET", "LOGIN_CLIENT_AUTH", "LOGIN_BASE_URL",
            "LOGIN_SCOPE", "LOGIN_AUDIENCE", "LOGIN_CA_FILE", "LOGIN_SESSION_STORE", "LOGIN_SESSION_SECRET",
            "LOGIN_METADATA_URL", "LOGIN_ID_TOKEN_ALG", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
            "NO_COLOR", "TERM",
        ]
        let pairs = names.compactMap { name in unsafe getenv(name).map { unsafe (name, String(cString: $0)) } }
        return pairs.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
}
