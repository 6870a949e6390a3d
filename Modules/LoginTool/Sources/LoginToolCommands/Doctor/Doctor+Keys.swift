import OAuthTypes

extension Doctor {
    func examineKeys(of metadata: ProviderMetadata) async -> [Finding] {
        let report: KeySetReport
        do {
            let octets = try await DocumentAnswer(of: metadata.jwksURI, over: transport).octets()
            report = try KeySetReport(octets)
        } catch {
            return [
                Finding(
                    .problem, of: "keys", text: "\(metadata.jwksURI): \(error.words)",
                    fix: "open the address in a browser; logins fail until it serves a JWK set")
            ]
        }
        guard !settings.usesClientSecretSignatures else {
            return [Finding(.ok, of: "keys", text: "not used: the client secret verifies")] + leftOut(report)
        }
        let accepted = acceptedAlgorithms(metadata)
        let names = Self.names(accepted).shown
        let fitting = report.verifying(accepted)
        guard !fitting.isEmpty else {
            let fix = "compare LOGIN_ID_TOKEN_ALG with the keys; see them all with: login-tool keys \(metadata.jwksURI)"
            return [Finding(.problem, of: "keys", text: "no key of \(report.keys.count) verifies \(names)", fix: fix)]
                + leftOut(report)
        }
        return [Finding(.ok, of: "keys", text: "\(fitting.count) of \(report.keys.count) keys verify \(names)")]
            + leftOut(report)
    }

    // A few of them: a set may hold a thousand.
    private func leftOut(_ report: KeySetReport) -> [Finding] {
        let all = report.keys.compactMap { key in key.leftOut.map { (key, $0) } }
        let shown = all.prefix(8).map { key, reason in
            let isPrivate = reason == "a private key was published"
            return Finding(
                isPrivate ? .problem : .ok, of: "keys",
                text: "key \(key.index + 1) (kid \(key.keyID ?? "none"), \(key.type)) is left out: \(reason)",
                fix: isPrivate ? "tell the provider at once: everyone can sign as it does" : nil)
        }
        guard all.count > shown.count else { return shown }
        return shown + [Finding(.ok, of: "keys", text: "\(all.count - shown.count) more keys are left out")]
    }

    var clockFindings: [Finding] {
        guard let ahead = transport.secondsAhead else { return [] }
        let text =
            ahead == 0
            ? "the provider's clock and this one agree to the second"
            : "the provider's clock is \(ahead.magnitude) s \(ahead > 0 ? "ahead of" : "behind") this one"
        let fix = "synchronize this machine's clock (NTP); tokens are accepted with up to 60 s of difference"
        switch ahead.magnitude {
        case 0...5: return [Finding(.ok, of: "clock", text: text)]
        case 6...60: return [Finding(.warning, of: "clock", text: text, fix: fix)]
        default: return [Finding(.problem, of: "clock", text: text, fix: fix)]
        }
    }
}
