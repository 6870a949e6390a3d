import CLibcurl
import OAuthTypes

extension EasyHandle {
    /// Authenticates to servers that ask for a certificate.
    func apply(_ certificate: ClientCertificate) throws(OptionError) {
        try set(CLIBCURL_OPTION_SSLCERTTYPE, to: "PEM")
        try set(CLIBCURL_OPTION_SSLCERT, to: certificate.certificateFile)
        try set(CLIBCURL_OPTION_SSLKEYTYPE, to: "PEM")
        try set(CLIBCURL_OPTION_SSLKEY, to: certificate.keyFile)
        // Without a password, libcurl's TLS library might ask for one on the terminal.
        try set(CLIBCURL_OPTION_KEYPASSWD, to: certificate.keyPassword?.exposedText ?? "")
    }

    /// Whether libcurl can use `certificate`; nil if it cannot be asked. It reads the files when a handshake begins, so one
    /// begins with a socket of our own.
    func canUse(_ certificate: ClientCertificate) -> Bool? {
        do throws(OptionError) {
            try set(CLIBCURL_OPTION_URL, to: "https://127.0.0.1/")
            try set(CLIBCURL_OPTION_PROXY, to: "")
            try set(CLIBCURL_OPTION_NOSIGNAL, to: 1)
            try set(CLIBCURL_OPTION_TIMEOUT_MS, to: 1_000)
            try apply(certificate)
        } catch { return nil }
        return tryHandshake().map { $0 != CLIBCURL_SSL_CERTPROBLEM }
    }
}
