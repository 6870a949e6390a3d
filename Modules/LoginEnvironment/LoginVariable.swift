/// The settings of a login that come from outside. Readers of the environment and of a configuration share this table, and
/// `Docs/Guides/Configuring.md` lists it.
package enum LoginVariable: String, CaseIterable, Sendable {
    case issuer = "LOGIN_ISSUER"
    case clientID = "LOGIN_CLIENT_ID"
    case clientSecret = "LOGIN_CLIENT_SECRET"
    case clientAuthentication = "LOGIN_CLIENT_AUTH"
    case clientKey = "LOGIN_CLIENT_KEY"
    case clientCertificate = "LOGIN_CLIENT_CERTIFICATE"
    case assertionAudience = "LOGIN_CLIENT_ASSERTION_AUDIENCE"
    case baseURL = "LOGIN_BASE_URL"
    case scope = "LOGIN_SCOPE"
    case audience = "LOGIN_AUDIENCE"
    case resources = "LOGIN_RESOURCE"
    case metadataURL = "LOGIN_METADATA_URL"
    case responseMode = "LOGIN_RESPONSE_MODE"
    case pushedRequests = "LOGIN_PAR"
    case signedRequests = "LOGIN_JAR"
    case idTokenAlgorithms = "LOGIN_ID_TOKEN_ALG"
    case prompt = "LOGIN_PROMPT"
    case maxAge = "LOGIN_MAX_AGE"
    case acrValues = "LOGIN_ACR"
    case offlineAccess = "LOGIN_OFFLINE_ACCESS"
    case trustedAudiences = "LOGIN_TRUSTED_AUDIENCES"
    case deviations = "LOGIN_DEVIATIONS"
    case thirdParty = "LOGIN_THIRD_PARTY"
    case internalHosts = "LOGIN_INTERNAL_HOSTS"
    case caFile = "LOGIN_CA_FILE"
    case sessionStore = "LOGIN_SESSION_STORE"
    case sessionSecret = "LOGIN_SESSION_SECRET"
    case environment = "LOGIN_ENV"

    /// The key of a configuration. As a variable it is spelled like the raw value.
    package var key: String {
        switch self {
        case .issuer: "login.issuer"
        case .clientID: "login.client.id"
        case .clientSecret: "login.client.secret"
        case .clientAuthentication: "login.client.auth"
        case .clientKey: "login.client.key"
        case .clientCertificate: "login.client.certificate"
        case .assertionAudience: "login.client.assertionAudience"
        case .baseURL: "login.baseURL"
        case .scope: "login.scope"
        case .audience: "login.audience"
        case .resources: "login.resource"
        case .metadataURL: "login.metadataURL"
        case .responseMode: "login.responseMode"
        case .pushedRequests: "login.par"
        case .signedRequests: "login.jar"
        case .idTokenAlgorithms: "login.idToken.alg"
        case .prompt: "login.prompt"
        case .maxAge: "login.maxAge"
        case .acrValues: "login.acr"
        case .offlineAccess: "login.offlineAccess"
        case .trustedAudiences: "login.trustedAudiences"
        case .deviations: "login.deviations"
        case .thirdParty: "login.thirdParty"
        case .internalHosts: "login.internalHosts"
        case .caFile: "login.caFile"
        case .sessionStore: "login.session.store"
        case .sessionSecret: "login.session.secret"
        case .environment: "login.env"
        }
    }

    /// Whether the value must not be shown.
    package var isSecret: Bool { self == .clientSecret || self == .sessionSecret }

    /// What separates several values; nil where there is one.
    package var separator: String? {
        switch self {
        case .scope, .resources, .acrValues: " "
        case .idTokenAlgorithms, .prompt, .trustedAudiences, .deviations, .internalHosts, .sessionSecret: ","
        default: nil
        }
    }
}
