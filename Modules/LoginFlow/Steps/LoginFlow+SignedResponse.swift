import AuthURL
import JOSE
import OAuthTypes

extension LoginFlow {
    /// The response that arrived; a signed one is verified first, with the keys of the provider and for this client alone.
    func read(
        _ arrived: ArrivedResponse
    ) async throws -> (response: AuthorizationResponse, deviations: [ProviderDeviation]) {
        switch arrived.content {
        case .plain(let response): return (response, [])
        case .signed(let raw):
            let verified = try await provider.connection().responses.verifyRefreshing(raw, at: now)
            provider.tellOfKeys()
            return (AuthorizationResponse(verified), verified.deviations)
        }
    }
}

extension AuthorizationResponse {
    fileprivate init(_ response: JARMResponse) {
        switch response.outcome {
        case .code(let code):
            self.init(verifiedBy: response.issuer, state: response.state, code: code, error: nil)
        case .error(let error):
            self.init(verifiedBy: response.issuer, state: response.state, code: nil, error: error)
        }
    }
}
