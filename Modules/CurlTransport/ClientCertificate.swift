public import OAuthTypes

/// The certificate with which a ``CurlTransport`` authenticates to servers that ask for one: `tls_client_auth` and
/// `self_signed_tls_client_auth` (RFC 8705 §2).
///
///     let certificate = try ClientCertificate(certificateFile: "/run/secrets/client.pem", keyFile: "/run/secrets/client.key")
///     let transport = try CurlTransport(certificate: certificate)
///
/// The files are tried once when the value is created, and read again for each connection: a renewed certificate is used
/// without a restart. Every server that asks for a certificate gets it, so give such a transport to nothing but the login.
public struct ClientCertificate: Sendable {
    /// The password of an encrypted key. It is never printed or logged.
    public struct KeyPassword: SecretText {
        /// The password itself, for libcurl only.
        public let exposedText: String

        /// Creates a password.
        public init(_ text: String) { exposedText = text }
    }

    /// Path of the PEM file with the certificate, followed by those between it and its authority.
    public let certificateFile: String

    /// Path of the PEM file with the certificate's private key.
    public let keyFile: String

    let keyPassword: KeyPassword?

    /// Creates a certificate from PEM files.
    /// - Throws: `SettingsError` that names the file or the password and what to do: a file that cannot be read, one
    ///   without a certificate or key, a key of another certificate, an encrypted key with a wrong password or none.
    public init(certificateFile: String, keyFile: String, keyPassword: KeyPassword? = nil) throws(SettingsError) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.keyPassword = keyPassword
        let faults = [
            CertificateFile.certificate.fault(of: certificateFile), CertificateFile.key.fault(of: keyFile),
        ].compactMap { $0 }
        guard faults.isEmpty else { throw SettingsError(faults: faults) }
        if let fault = try fault { throw SettingsError(faults: [fault]) }
    }

    // What libcurl makes of them.
    private var fault: SettingFault? {
        get throws(SettingsError) {
            guard CurlLibrary.isReady, let easy = EasyHandle(), let isUsable = easy.canUse(self) else {
                let fix = "Install libcurl with TLS, and check that this process may open sockets."
                throw SettingsError(faults: [
                    SettingFault(setting: "certificateFile", problem: "libcurl cannot try it", fix: fix)
                ])
            }
            guard !isUsable else { return nil }
            if keyPassword != nil {
                return SettingFault(
                    setting: "keyPassword", problem: "the key in \(keyFile) cannot be used with it",
                    fix: "Give the key's password, and the key that belongs to \(certificateFile).")
            }
            return SettingFault(
                setting: "keyFile", problem: "the key in \(keyFile) is encrypted or belongs to another certificate",
                fix: "Give the key that belongs to \(certificateFile), and its password if it has one.")
        }
    }
}
