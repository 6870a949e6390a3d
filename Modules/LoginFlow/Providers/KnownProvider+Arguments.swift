import OAuthTypes

extension KnownProvider {
    /// What is wrong with a host that was given as `setting`; nil if nothing is.
    static func hostFault(_ host: String, of setting: String, such example: String) -> SettingFault? {
        let fix = "Give the host alone, such as \(example)."
        let note = { SettingFault(setting: setting, problem: $0, fix: fix) }
        if host.isEmpty { return note("it is empty") }
        if host.contains("://") { return note("it has a scheme") }
        if host.contains("/") { return note("it has a path") }
        if host.contains(":") { return note("it has a port") }
        guard let issuer = try? Issuer("https://\(host)"), issuer.origin.host == host.lowercased() else {
            return note("it is no host")
        }
        return nil
    }

    /// A provider below a host that was given; the host's case does not matter.
    static func below(
        _ host: String, of setting: String = "domain", such example: String, named name: String, path: String = ""
    ) -> KnownProvider {
        if let fault = hostFault(host, of: setting, such: example) { return KnownProvider(name, fault: fault) }
        return KnownProvider(name, issuer: "https://\(host.lowercased())\(path)")
    }

    /// What is wrong with a name that becomes a segment of the issuer's path; nil if nothing is.
    static func segmentFault(_ segment: String, of setting: String, fix: String) -> SettingFault? {
        let note = { SettingFault(setting: setting, problem: $0, fix: fix) }
        if segment.isEmpty { return note("it is empty") }
        let isPlain = segment.utf8.allSatisfy { octet in
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
            default: false
            }
        }
        guard isPlain, segment != ".", segment != ".." else {
            return note("it has other characters than letters, digits, - . _ ~")
        }
        return nil
    }
}
