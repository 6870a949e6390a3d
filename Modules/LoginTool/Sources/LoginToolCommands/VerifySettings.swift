import JOSE
import OAuthTypes

/// The options of `token verify`, checked.
struct VerifySettings {
    let judge: TokenJudge
    let profile: TokenProfile
    let policy: AlgorithmPolicy
    /// The JWK set of `--jwks`; nil without that option.
    let keySet: KeySetText?

    init(_ options: VerifyCommand, console: Console) throws(UsageError) {
        guard options.readers.filter({ $0 == "-" }).count <= 1 else {
            throw UsageError("- is given twice", fix: "standard input can be read only once; name files for the others")
        }
        guard let profile = TokenProfile(named: options.profile) else {
            throw UsageError("--profile \(options.profile)", fix: "use \(TokenProfile.names.joined(separator: ", "))")
        }
        self.profile = profile
        policy = try Self.policy(options, profile: profile)
        judge = TokenJudge(
            issuer: try Self.issuer(options), clientID: try Self.clientID(options), nonce: try Self.nonce(options),
            leeway: try Self.leeway(options), secret: try Self.secret(options, console: console),
            clock: Self.clock(options, console: console))
        keySet = try Self.keySet(options, policy: policy, console: console)
    }

    private static func policy(
        _ options: VerifyCommand, profile: TokenProfile
    ) throws(UsageError) -> AlgorithmPolicy {
        let names = options.alg.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let policy: AlgorithmPolicy
        do { policy = try AlgorithmPolicy(names: names) } catch {
            throw UsageError("--alg \(options.alg)", fix: error.words)
        }
        guard !policy.needsKeySet else { return policy }
        guard options.clientSecretFile != nil else {
            throw UsageError("--alg \(options.alg)", fix: "HMAC needs the client secret; give --client-secret-file")
        }
        guard profile == .idToken else {
            throw UsageError("--alg \(options.alg)", fix: "only ID tokens are signed with the client secret")
        }
        return policy
    }

    private static func issuer(_ options: VerifyCommand) throws(UsageError) -> Issuer {
        do { return try Issuer(options.issuer, allowing: .loopback) } catch {
            throw UsageError("--issuer \(options.issuer)", fix: "\(error)")
        }
    }

    private static func clientID(_ options: VerifyCommand) throws(UsageError) -> ClientID {
        do { return try ClientID(options.clientID) } catch {
            throw UsageError("--client-id", fix: "\(error)")
        }
    }

    private static func nonce(_ options: VerifyCommand) throws(UsageError) -> String? {
        guard options.nonce != "" else { throw UsageError("--nonce", fix: "must not be empty") }
        return options.nonce
    }

    // A longer leeway is refused here; the library would reduce it.
    private static func leeway(_ options: VerifyCommand) throws(UsageError) -> ClockLeeway {
        let leeway = ClockLeeway(.seconds(options.leeway))
        guard leeway.duration == .seconds(options.leeway) else {
            throw UsageError("--leeway \(options.leeway)", fix: "use 0 to 120 seconds")
        }
        return leeway
    }

    private static func clock(_ options: VerifyCommand, console: Console) -> WallClock {
        guard let at = options.at else { return console.clock }
        return WallClock { UnixTime(seconds: at) }
    }

    private static func secret(
        _ options: VerifyCommand, console: Console
    ) throws(UsageError) -> ClientSecret? {
        guard let file = options.clientSecretFile else { return nil }
        let limit = 65_536
        var octets = try console.contents(of: file, upTo: limit)[...]
        guard octets.count <= limit else { throw UsageError(file, fix: "a client secret has at most \(limit) octets") }
        octets.removeLineBreak()
        guard !octets.isEmpty else { throw UsageError(file, fix: "holds no secret; write the client secret into it") }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw UsageError(file, fix: "is not UTF-8 text; write the client secret as the provider shows it")
        }
        return ClientSecret(text)
    }

    private static func keySet(
        _ options: VerifyCommand, policy: AlgorithmPolicy, console: Console
    ) throws(UsageError) -> KeySetText? {
        guard let file = options.jwks, policy.needsKeySet || options.batch != nil else { return nil }
        return KeySetText(try console.contents(of: file, upTo: KeySetText.limit))
    }
}
