import Concurrency
import JOSE
public import OAuthTypes
public import TokenExchange
import WireFormats

/// Apple's client secret: a JWT that the app signs with its own key, made when it is needed and renewed before it ends.
///
///     let secret = try AppleClientSecret(team: "A1B2C3D4E5", keyID: "F6G7H8I9J0", key: pem)
///     let settings = try LoginSettings(at: .apple, clientID: clientID, clientCredential: .appleSecret(secret), baseURL: baseURL)
///
/// Only the key is kept, and no secret has to be renewed by hand every six months. Each secret is valid for ``lifetime``
/// and used for half of it, so that a clock that differs by minutes costs nothing.
public final class AppleClientSecret: ClientAuthentication {
    /// The longest life that Apple accepts: six months, 15,777,000 seconds.
    public static let longestLifetime: Duration = .seconds(15_777_000)
    private static let shortestLifetime: Duration = .seconds(300)
    private static let audience = "https://appleid.apple.com"

    /// How long a secret is valid.
    public let lifetime: Duration
    private let team: String
    private let signer: any CompactSigner
    private let clock: WallClock
    private let made = Lock<Made?>(nil)

    private struct Made: Sendable {
        let client: ClientID
        let token: CompactJWS
        let renewAt: UnixTime
        let start: UnixTime
    }

    /// Creates a secret from the key that Apple gave to the team.
    /// - Parameters:
    ///   - team: the ten characters of the team's identifier.
    ///   - keyID: the identifier of the key, as Apple shows it.
    ///   - pem: the content of the file `AuthKey_….p8`.
    ///   - lifetime: how long a secret is valid: five minutes to six months; an hour by default.
    ///   - clock: the time.
    /// - Throws: `SettingsError` that names each fault.
    public convenience init(
        team: String, keyID: String, key pem: [UInt8], lifetime: Duration = .seconds(3_600), clock: WallClock = .system
    ) throws(SettingsError) {
        let signer: SigningKey
        do { signer = try SigningKey(pem: pem, algorithm: .es256, keyID: KeyID(keyID)) } catch {
            throw SettingsError(faults: [
                SettingFault(
                    setting: "appleSecret", problem: "the key is not taken: \(error)",
                    fix: "Give the content of the file AuthKey_….p8, unchanged, and the identifier of the same key.")
            ])
        }
        try self.init(team: team, signer: signer, lifetime: lifetime, clock: clock)
    }

    /// Creates a secret that another signer signs, such as a key service. It must sign with ES256 under Apple's key ID.
    /// - Throws: `SettingsError` that names each fault.
    public init(
        team: String, signer: any CompactSigner, lifetime: Duration = .seconds(3_600), clock: WallClock = .system
    ) throws(SettingsError) {
        let faults = Self.faults(team: team, signer: signer, lifetime: lifetime)
        guard faults.isEmpty else { throw SettingsError(faults: faults) }
        self.team = team
        self.signer = signer
        self.lifetime = lifetime
        self.clock = clock
    }

    /// Adds `client_id` and the secret to the form (`client_secret_post`, the only method that Apple takes).
    /// - Throws: whatever the signer throws.
    public func authenticate(_ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL) async throws
    {
        let secret = try await secret(of: client)
        request.parameters += [("client_id", client.text), ("client_secret", secret.exposedText)]
    }

    private func secret(of client: ClientID) async throws -> CompactJWS {
        let now = clock.now
        // A secret from the future belongs to a clock that was put back since: Apple would not take it.
        if let made = made.withLock({ $0 }), made.client == client, (made.start..<made.renewAt).contains(now) {
            return made.token
        }
        let claims: JSONObject = [
            "iss": .string(team), "iat": .time(now), "exp": .time(now.adding(lifetime)),
            "aud": .string(Self.audience), "sub": .string(client.text),
        ]
        let token = try await signer.sign(type: "JWT", claims: claims)
        let next = Made(client: client, token: token, renewAt: now.adding(lifetime / 2), start: now)
        made.withLock { $0 = next }
        return token
    }

    private static func faults(team: String, signer: any CompactSigner, lifetime: Duration) -> [SettingFault] {
        var faults: [SettingFault] = []
        let note = { (problem: String, fix: String) in
            faults.append(SettingFault(setting: "appleSecret", problem: problem, fix: fix))
        }
        let isTeam =
            team.utf8.count == 10 && team.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        if !isTeam {
            note("the team is not ten capitals and digits", "Copy it from Membership in Apple's developer account.")
        }
        if signer.algorithm != .es256 { note("the key does not sign with ES256", "Use the key that Apple issued.") }
        if signer.keyID?.octets.isEmpty ?? true {
            note("the key has no identifier", "Give the one that Apple shows for it.")
        }
        if !(shortestLifetime...longestLifetime).contains(lifetime) {
            note("the lifetime is out of bounds", "Use five minutes to six months; an hour is plenty.")
        }
        return faults
    }
}

extension AppleClientSecret: CustomStringConvertible, CustomReflectable {
    /// The type alone.
    public var description: String { "AppleClientSecret" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
