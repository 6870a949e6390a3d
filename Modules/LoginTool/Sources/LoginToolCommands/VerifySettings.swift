import JOSE
import OAuthTypes

/// The options of `token verify`, each read and checked.
struct VerifySettings {
    let judge: TokenJudge
    let profile: TokenProfile
    let policy: AlgorithmPolicy
    /// The set that `--jwks` names; nil without that option.
    let keySet: KeySetText?

    init(_ options: VerifyCommand, _ console: Console) throws(UsageProblem) {
        guard options.readers.filter({ $0 == "-" }).count <= 1 else {
            throw UsageProblem("- is given twice", "standard input can be read only once; name files for the rest")
        }
        guard let profile = TokenProfile(named: options.profile) else {
            throw UsageProblem("--profile \(options.profile)", "use \(TokenProfile.names.joined(separator: ", "))")
        }
        self.profile = profile
        policy = try Self.policy(options, profile)
        judge = TokenJudge(
            issuer: try Self.issuer(options), clientID: try Self.clientID(options), nonce: try Self.nonce(options),
            leeway: try Self.leeway(options), secret: try Self.secret(options, console),
            clock: Self.clock(options, console))
        keySet = try Self.keySet(options, policy, console)
    }

    private static func policy(
        _ options: VerifyCommand, _ profile: TokenProfile
    ) throws(UsageProblem) -> AlgorithmPolicy {
        let names = options.alg.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let policy: AlgorithmPolicy
        do { policy = try AlgorithmPolicy(names: names) } catch {
            throw UsageProblem("--alg \(options.alg)", error.words)
        }
        guard !policy.needsKeySet else { return policy }
        guard options.clientSecretFile != nil else {
            throw UsageProblem("--alg \(options.alg)", "HMAC needs the client secret; give --client-secret-file")
        }
        guard profile == .idToken else {
            throw UsageProblem("--alg \(options.alg)", "only ID tokens are signed with the client secret")
        }
        return policy
    }

    private static func issuer(_ options: VerifyCommand) throws(UsageProblem) -> Issuer {
        do { return try Issuer(options.issuer, allowing: .loopback) } catch {
            throw UsageProblem("--issuer \(options.issuer)", "\(error)")
        }
    }

    private static func clientID(_ options: VerifyCommand) throws(UsageProblem) -> ClientID {
        do { return try ClientID(options.clientID) } catch {
            throw UsageProblem("--client-id", error.rule)
        }
    }

    private static func nonce(_ options: VerifyCommand) throws(UsageProblem) -> String? {
        guard options.nonce != "" else { throw UsageProblem("--nonce", "must not be empty") }
        return options.nonce
    }

    // More than the library would take is refused here instead of being cut.
    private static func leeway(_ options: VerifyCommand) throws(UsageProblem) -> ClockLeeway {
        let leeway = ClockLeeway(seconds: options.leeway)
        guard leeway.seconds == options.leeway else {
            throw UsageProblem("--leeway \(options.leeway)", "use 0 to 120 seconds")
        }
        return leeway
    }

    private static func clock(_ options: VerifyCommand, _ console: Console) -> WallClock {
        guard let at = options.at else { return console.clock }
        return WallClock { UnixTime(seconds: at) }
    }

    private static func secret(_ options: VerifyCommand, _ console: Console) throws(UsageProblem) -> ClientSecret? {
        guard let file = options.clientSecretFile else { return nil }
        let limit = 65_536
        var octets = try console.contents(of: file, upTo: limit)[...]
        guard octets.count <= limit else { throw UsageProblem(file, "a client secret has at most \(limit) octets") }
        octets.removeLineBreak()
        guard !octets.isEmpty else { throw UsageProblem(file, "holds no secret; write the client secret into it") }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw UsageProblem(file, "is no UTF-8 text; write the client secret as the provider shows it")
        }
        return ClientSecret(text)
    }

    private static func keySet(
        _ options: VerifyCommand, _ policy: AlgorithmPolicy, _ console: Console
    ) throws(UsageProblem) -> KeySetText? {
        guard let file = options.jwks, policy.needsKeySet || options.batch != nil else { return nil }
        return KeySetText(try console.contents(of: file, upTo: KeySetText.limit))
    }
}
