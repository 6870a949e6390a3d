public import OAuthTypes
import WireFormats

/// The provider's endpoint for claims about the user (OpenID Connect Core §5.3).
public struct UserInfoEndpoint: Sendable {
    private let url: EndpointURL
    private let transport: any HTTPTransport
    private let clock: WallClock
    private let limits: TransportLimits

    /// The endpoint at `url`, the metadata's `userinfo_endpoint`.
    public init(
        url: EndpointURL, transport: any HTTPTransport, clock: WallClock = .system,
        limits: TransportLimits = TransportLimits()
    ) {
        self.url = url
        self.transport = transport
        self.clock = clock
        self.limits = limits
    }

    /// Fetches the claims of the user whose token `source` hands out.
    /// - Parameters:
    ///   - source: the user's tokens.
    ///   - subject: the `sub` of the verified ID token. Claims of anybody else are refused (Core §5.3.2), because an
    ///     access token may have been swapped.
    /// - Throws: ``UserInfoError``.
    public func fetch(
        with source: any AccessTokenSource, expecting subject: SubjectID
    ) async throws(UserInfoError) -> UserInfo {
        let response = try await get(with: source)
        var deviations: [ProviderDeviation] = []
        let claims = try UserInfoEndpoint.claims(response, noting: &deviations)
        let found = try UserInfoEndpoint.subject(in: claims)
        // Octet by octet: Swift's == also takes canonically equivalent texts for equal.
        guard found.utf8.elementsEqual(subject.text.utf8) else { throw .subjectMismatch }
        return UserInfo(subject: subject, claims: claims, deviations: deviations)
    }

    // A JSON object is a JSON object whatever the label says, and nothing else passes for one.
    private static func claims(
        _ response: APIResponse, noting deviations: inout [ProviderDeviation]
    ) throws(UserInfoError) -> JSONObject {
        guard (200...299).contains(response.status), ![204, 205, 206].contains(response.status) else {
            throw .status(response.status)
        }
        if response.status != 200 { deviations.note(ProviderDeviation(.userInfo, form: "another status than 200")) }
        let type = MediaType.essence(response.fields)
        guard type != "application/jwt" else { throw .signed }
        var body = response.body[...]
        if body.starts(with: byteOrderMark) {
            body = body.dropFirst(byteOrderMark.count)
            deviations.note(ProviderDeviation(.userInfo, form: "a byte order mark before the JSON"))
        }
        let isLabelled = MediaType.isJSON(response.fields)
        guard let claims = try? JSONReader.object(Array(body)) else {
            throw isLabelled ? .malformed : .contentType(type)
        }
        if !isLabelled { deviations.note(ProviderDeviation(.userInfo, form: "JSON under another media type")) }
        return claims
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func subject(in claims: JSONObject) throws(UserInfoError) -> String {
        switch claims["sub"] {
        case nil, .null: throw .missingSubject
        case .string(let text): return text
        case .number: throw .subjectType("number")
        case .bool: throw .subjectType("boolean")
        case .array: throw .subjectType("array")
        case .object: throw .subjectType("object")
        }
    }

    private func get(with source: any AccessTokenSource) async throws(UserInfoError) -> APIResponse {
        let client = APIClient(
            origins: [url.origin], source: source, transport: transport, clock: clock, limits: limits)
        let accept = HeaderField(literal: "Accept", "application/json")
        do { return try await client.send(APIRequest(.get, url, fields: [accept])) } catch { throw .call(error) }
    }
}
