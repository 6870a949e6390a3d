import CurlTransport
import LoginFlow
import OAuthTypes

/// How the provider is reached.
extension SettingReader {
    /// The transport to the provider; nil if there is a fault.
    mutating func transport(to issuer: Issuer?) -> CurlTransport? {
        let certificate = certificate()
        do {
            let configuration = CurlConfiguration(caFile: texts[.caFile], addressGuard: addressGuard(of: issuer))
            return try CurlTransport(configuration, certificate: certificate)
        } catch {
            note(.caFile, problem: "\(error)", fix: "Give the path of a PEM file with trusted certificates.")
            return nil
        }
    }

    // What the metadata names must not lead into the app's own network; what the operator names may.
    private func addressGuard(of issuer: Issuer?) -> AddressGuard {
        guard let issuer else { return .off }
        let named = texts[.metadataURL].flatMap { try? EndpointURL($0, allowing: .loopback) }.map(\.origin.host)
        return AddressGuard(issuer: issuer, allowing: list(.internalHosts) + [named].compactMap(\.self))
    }

    /// The certificate of the client. Its key is in the same file, or in that of the client's key.
    private mutating func certificate() -> ClientCertificate? {
        guard let path = texts[.clientCertificate] else {
            requireCertificate()
            return nil
        }
        do {
            let key = try holdsKey(path) ? path : texts[.clientKey] ?? path
            return try ClientCertificate(certificateFile: path, keyFile: key)
        } catch let error as SettingsError {
            for fault in error.faults { note(.clientCertificate, problem: fault.problem, fix: fault.fix) }
        } catch {
            note(
                .clientCertificate, problem: "\(error)",
                fix: "Give the path of a PEM file with the certificate and its key.")
        }
        return nil
    }

    private func holdsKey(_ path: String) throws -> Bool {
        let text = String(decoding: try PrivateFile(path: path).octets(), as: UTF8.self)
        return text.contains("PRIVATE KEY-----")
    }

    private mutating func requireCertificate() {
        guard ["tls_client_auth", "self_signed_tls_client_auth"].contains(texts[.clientAuthentication]) else { return }
        note(
            .clientCertificate, problem: "it is not set",
            fix: "Give the path of a PEM file with the certificate that the provider knows, and its key.")
    }
}
