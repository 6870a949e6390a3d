import JOSE
import OAuthTypes

/// The keys of all hostile providers of a process: making them takes longer than a login.
struct HostileKeys: Sendable {
    /// The provider's key.
    let own: SigningKey
    /// The one that takes its place.
    let next: SigningKey
    /// A key that the provider never publishes.
    let stranger: SigningKey
    /// A key on a curve, for ES256.
    let curve: SigningKey

    private static let made = Result { () throws(KeyError) in
        HostileKeys(
            own: try .generate(.rs256), next: try .generate(.rs256), stranger: try .generate(.rs256),
            curve: try .generate(.es256))
    }

    static var shared: HostileKeys {
        get throws(SettingsError) {
            do { return try made.get() } catch {
                throw SettingsError(faults: [
                    SettingFault(setting: "keys", problem: "libcrypto could not generate keys", fix: "see its errors")
                ])
            }
        }
    }
}
