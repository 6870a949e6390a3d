/// A published fault of a library. Distributions correct faults without changing the version, which a number cannot show.
struct KnownFault: Sendable {
    let library: String
    let first: LibraryVersion
    /// The release that corrected it.
    let corrected: LibraryVersion
    let text: String
    let fix: String
    /// Whether these settings meet the fault.
    let concerns: @Sendable (DoctorSettings) -> Bool

    func affects(_ version: LibraryVersion) -> Bool { first <= version && version < corrected }

    static let all = [
        KnownFault(
            library: "libcrypto", first: LibraryVersion(3, 0, 0), corrected: LibraryVersion(3, 0, 7),
            text: "certificates can overflow a buffer (CVE-2022-3602)",
            fix: "update to 3.0.7, or to your distribution's corrected package", concerns: { _ in true }),
        KnownFault(
            library: "libcurl", first: LibraryVersion(7, 69, 0), corrected: LibraryVersion(8, 4, 0),
            text: "a long host name overflows a buffer behind a SOCKS5 proxy (CVE-2023-38545)",
            fix: "update to 8.4.0, or to your distribution's corrected package",
            concerns: { settings in
                ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].contains {
                    settings.variable($0)?.hasPrefix("socks5h:") == true
                }
            }),
        KnownFault(
            library: "libcurl", first: LibraryVersion(7, 0, 0), corrected: LibraryVersion(8, 0, 0),
            text: "a kept connection can mix up responses",
            fix: "leave CurlConfiguration.connections at perExchange", concerns: { _ in false }),
        KnownFault(
            library: "sqlite", first: LibraryVersion(3, 7, 0), corrected: LibraryVersion(3, 51, 3),
            text: "a checkpoint that meets a writer can lose a commit (reset of the write-ahead log)",
            fix: "SQLiteSessionStore avoids it; another program that writes to its database needs 3.51.3",
            concerns: { $0.variable("LOGIN_SESSION_STORE")?.hasPrefix("sqlite:") == true }),
    ]
}
