public import OAuthTypes
import WireFormats

/// The provider's endpoint for claims about the user (OpenID Connect Core §5.3).
public struct UserInfoEndpoint: Sendable {
    private let url: EndpointURL
    private let transport: any HTTPTransport
    private let clock: WallClock
    private let limits: TransportLimits

    /// Creates an endpoint at `url`, the metadata's `userinfo_endpoint`.
    public init(
        url: EndpointURL, transport: any HTTPTransport, clock: WallClock = .system,
        limits: TransportLimits = TransportLimits()
    ) {
        self.url = url
        self.transport = transport
        self.clock = clock
        self.limits = limits
    }

    /// Fetches the claims of the user whose token `source` returns.
    /// - Parameters:
    ///   - source: the user's tokens.
    ///   - subject: the `sub` of the verified ID token. Claims about another user are refused (Core §5.3.2), because an
    ///     access token may have been swapped.
    /// - Throws: ``APIClientError``.
    public func fetch(
        with source: any AccessTokenSource, expecting subject: SubjectID
    ) async throws(APIClientError) -> UserInfo {
        let response = try await get(with: source)
        var deviations: [ProviderDeviation] = []
        let claims = try UserInfoEndpoint.claims(response, noting: &deviations)
        let found = try UserInfoEndpoint.subject(in: claims)
        // Octet by octet: Swift's == also takes canonically equivalent texts for equal.
        guard found.utf8.elementsEqual(subject.text.utf8) else { throw .userInfo(.subjectMismatch) }
        return UserInfo(subject: subject, claims: claims, deviations: deviations)
    }

    // A JSON object is a JSON object whatever its media type says, and nothing else is accepted as one.
    private static func claims(
        _ response: APIResponse, noting deviations: inout [ProviderDeviation]
    ) throws(APIClientError) -> JSONObject {
        let answer = TransportResponse(status: response.status, fields: response.fields, body: response.body)
        guard answer.carriesContent else { throw .userInfo(.status(answer.status)) }
        let type = MediaType.essence(answer.fields)
        guard type != "application/jwt" else { throw .userInfo(.signed) }
        let body: JSONBody
        do { body = try JSONBody(answer, from: .userInfo) } catch { throw .transport(error) }
        guard let claims = try? JSONReader.object(body.text) else {
            throw .userInfo(MediaType.isJSON(answer.fields) ? .malformed : .contentType(type))
        }
        deviations = body.deviations
        if answer.status != 200 {
            deviations.note(ProviderDeviation(.userInfo, form: "a success with a status other than 200"))
        }
        return claims
    }

    private static func subject(in claims: JSONObject) throws(APIClientError) -> String {
        switch claims["sub"] {
        case nil, .null: throw .userInfo(.missingSubject)
        case .string(let text): return text
        case .number: throw .userInfo(.subjectType("number"))
        case .bool: throw .userInfo(.subjectType("boolean"))
        case .array: throw .userInfo(.subjectType("array"))
        case .object: throw .userInfo(.subjectType("object"))
        }
    }

    private func get(with source: any AccessTokenSource) async throws(APIClientError) -> APIResponse {
        let client = APIClient(
            origins: [url.origin], source: source, transport: transport, clock: clock, limits: limits)
        let accept = HeaderField(literal: "Accept", value: "application/json")
        return try await client.send(APIRequest(.get, url, fields: [accept]))
    }
}
