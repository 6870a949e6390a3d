#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The process's environment variables.
enum Environment {
    static var all: [String: String] {
        let names = [
            "QUICKSTART_PORT", "LOGIN_ISSUER", "LOGIN_CLIENT_ID", "LOGIN_CLIENT_SECRET", "LOGIN_CLIENT_AUTH",
            "LOGIN_BASE_URL", "LOGIN_SCOPE", "LOGIN_AUDIENCE", "LOGIN_CA_FILE", "LOGIN_SESSION_STORE",
            "LOGIN_SESSION_SECRET", "LOGIN_ENV", "LOGIN_METADATA_URL", "LOGIN_ID_TOKEN_ALG", "LOGIN_PROMPT",
            "LOGIN_OFFLINE_ACCESS", "LOGIN_DEVIATIONS", "LOGIN_TRUSTED_AUDIENCES",
        ]
        let pairs = names.compactMap { name in unsafe getenv(name).map { unsafe (name, String(cString: $0)) } }
        return pairs.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
}
