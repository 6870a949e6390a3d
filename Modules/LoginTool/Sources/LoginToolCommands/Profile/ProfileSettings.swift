import JOSE
import OAuthTypes

/// The settings that profiles ask about: from options, else from the environment.
struct ProfileSettings: Sendable {
    let issuer: Issuer
    /// Nil if it is not given: whether it is `https` is not known then.
    let baseURL: EndpointURL?
    let metadataURL: EndpointURL?
    /// The accepted signature algorithms; nil if the metadata decides.
    let algorithms: SignatureAlgorithms?
    /// The names of the deviations that the app accepts.
    let deviations: String
    let caFile: String?

    init(_ options: ProfileCheckCommand, variable: (String) -> String?) throws(UsageError) {
        guard let text = options.issuer ?? variable("LOGIN_ISSUER") else {
            throw UsageError("--issuer (LOGIN_ISSUER) is missing", fix: "give the issuer as the provider writes it")
        }
        do { issuer = try Issuer(text, allowing: .loopback) } catch {
            throw UsageError("--issuer (LOGIN_ISSUER)", fix: "\(error)")
        }
        baseURL = try Self.url(options.baseURL ?? variable("LOGIN_BASE_URL"), "--base-url (LOGIN_BASE_URL)")
        metadataURL = try Self.url(
            options.metadataURL ?? variable("LOGIN_METADATA_URL"), "--metadata-url (LOGIN_METADATA_URL)")
        algorithms = try Self.algorithms(variable("LOGIN_ID_TOKEN_ALG"))
        deviations = variable("LOGIN_DEVIATIONS") ?? ""
        caFile = options.caFile ?? variable("LOGIN_CA_FILE")
    }

    /// Whether logins go without nonce and PKCE.
    var leavesOutProofs: Bool { deviations.contains("linkedin") }

    /// Whether ID tokens are signed with the client secret.
    var usesClientSecretSignatures: Bool { deviations.contains("hs256-client-secret") }

    private static func url(_ text: String?, _ name: String) throws(UsageError) -> EndpointURL? {
        guard let text else { return nil }
        do { return try EndpointURL(text, allowing: .loopback) } catch { throw UsageError(name, fix: "\(error)") }
    }

    private static func algorithms(_ text: String?) throws(UsageError) -> SignatureAlgorithms? {
        guard let text else { return nil }
        let names = text.split { $0 == "," || $0 == " " }
        let known = names.compactMap { JWSAlgorithm(rawValue: String($0)).flatMap(SignatureAlgorithm.init) }
        guard known.count == names.count, !known.isEmpty else {
            let list = SignatureAlgorithm.allCases.map(\.description).joined(separator: ", ")
            throw UsageError("LOGIN_ID_TOKEN_ALG", fix: "use \(list)")
        }
        return SignatureAlgorithms(known)
    }
}
