import OAuthTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a PEM file has to hold.
enum CertificateFile {
    case certificate, key

    /// A certificate and its chain, or a key, are much shorter.
    private static let maximumOctets = 1 << 20

    /// What is wrong with the file at `path`; nil when it looks right.
    func fault(of path: String) -> SettingFault? {
        guard let text = CertificateFile.text(of: path) else {
            return SettingFault(
                setting: setting, problem: "\(path) cannot be read",
                fix: "Give the path of a PEM file that this process may read, of at most 1 MiB.")
        }
        let labels = text.split(separator: "\n").filter { $0.hasPrefix("-----BEGIN ") }
        guard labels.contains(where: isRight) else {
            return SettingFault(setting: setting, problem: "\(path) has no \(noun) in PEM form", fix: fix)
        }
        return nil
    }

    private var setting: String { self == .certificate ? "certificateFile" : "keyFile" }
    private var noun: String { self == .certificate ? "certificate" : "private key" }
    private var fix: String { "Give a file with a line '-----BEGIN \(noun.uppercased())-----'." }

    private func isRight(_ label: Substring) -> Bool {
        self == .certificate ? label.contains(" CERTIFICATE-----") : label.contains("PRIVATE KEY-----")
    }

    private static func text(of path: String) -> String? {
        guard let file = unsafe fopen(path, "rb") else { return nil }
        defer { unsafe fclose(file) }
        var octets = [UInt8](repeating: 0, count: maximumOctets + 1)
        let count = unsafe fread(&octets, 1, octets.count, file)
        guard unsafe ferror(file) == 0, count <= maximumOctets else { return nil }
        return String(decoding: octets[..<count], as: UTF8.self)
    }
}
