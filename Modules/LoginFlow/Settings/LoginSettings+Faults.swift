import AuthURL
import JOSE
package import OAuthTypes

extension LoginSettings {
    /// Everything that keeps a flow from being created, sessions in cookies aside.
    package var allFaults: [SettingFault] { faults + nameFaults + wishFaults }

    private var faults: [SettingFault] {
        let own = [
            issuerFault, documentFault, baseURLFault, plaintextFault, pathFault, lifetimeFault,
        ]
        let requests = [algorithmFault, promptFault, requirementsFault, resourceFault]
        return own.compactMap(\.self) + clientFaults + requests.compactMap(\.self) + deviationFaults + providerFaults
    }

    private var issuerFault: SettingFault? {
        guard issuer.origin.scheme == "https" || plaintext == .loopback else {
            return SettingFault(
                setting: "issuer", problem: "it is not an https:// URL",
                fix:
                    "Use the provider's https:// issuer; http:// is for loopback in development, where plaintext says so."
            )
        }
        return nil
    }

    private var documentFault: SettingFault? {
        guard case .document(let address, _) = provider, address.origin.scheme != "https", plaintext != .loopback else {
            return nil
        }
        return SettingFault(
            setting: "provider", problem: "the metadata's address is not an https:// URL",
            fix: "Use https; http:// is for loopback in development, where plaintext says so.")
    }

    private var promptFault: SettingFault? {
        guard prompt.contains(.none), prompt.count > 1 else { return nil }
        return SettingFault(
            setting: "prompt", problem: "none stands beside another value",
            fix: "Give none alone, or leave it out (OpenID Connect Core §3.1.2.1).")
    }

    private var plaintextFault: SettingFault? {
        guard baseURL.origin.scheme == "https" || plaintext == .loopback else {
            return SettingFault(
                setting: "baseURL", problem: "it is not an https:// URL",
                fix: "Give an https:// origin; http:// is for loopback in development, where plaintext says so.")
        }
        return nil
    }

    private var algorithmFault: SettingFault? {
        guard idTokenAlgorithms == [] else { return nil }
        return SettingFault(
            setting: "idTokenAlgorithms", problem: "the list is empty, so no ID token could be accepted",
            fix: "Name what the provider signs with, or leave it to the provider's metadata.")
    }

    private var baseURLFault: SettingFault? {
        guard baseURL.query == nil, baseURL.path.isEmpty || baseURL.path == "/" else {
            return SettingFault(
                setting: "baseURL", problem: "it has a path or a query",
                fix: "Give the origin alone, such as https://app.example; paths go into routes.")
        }
        return nil
    }

    private var pathFault: SettingFault? {
        let owned = routes.owned + [routes.clientKeys]
        let paths = owned + [routes.afterLogout]
        let wellFormed = paths.allSatisfy {
            ReturnPath($0) != nil && (try? EndpointURL("https://app.example" + $0))?.path == $0
        }
        guard wellFormed, Set(owned).count == owned.count, !owned.contains(routes.afterLogout)
        else {
            return SettingFault(
                setting: "routes", problem: "the paths are not different absolute paths",
                fix: "Begin each with / and use each once.")
        }
        return nil
    }

    private var lifetimeFault: SettingFault? {
        guard idleLifetime >= .seconds(60), absoluteLifetime >= idleLifetime, absoluteLifetime <= .seconds(31_536_000)
        else {
            return SettingFault(
                setting: "idleLifetime, absoluteLifetime", problem: "they are out of bounds",
                fix: "Use 60 s ≤ idle ≤ absolute ≤ 365 days.")
        }
        return nil
    }

    private var resourceFault: SettingFault? {
        guard resources.count > 16 || !resources.allSatisfy(AuthorizationRequest.isResource) else { return nil }
        return SettingFault(
            setting: "resources", problem: "they are not at most 16 absolute URIs without a fragment",
            fix: "Name each API as it names itself, such as https://api.example/ (RFC 8707 §2).")
    }

    private var requirementsFault: SettingFault? {
        let isWord = { (text: String) in !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
        guard (maxAge ?? .zero) >= .zero, acrValues.allSatisfy(isWord),
            acrValues.joined(separator: " ").utf8.count <= 512
        else {
            return SettingFault(
                setting: "maxAge, acrValues", problem: "they cannot be asked for",
                fix: "Use a maxAge of 0 or more, and single words of 512 octets together.")
        }
        return nil
    }
}
