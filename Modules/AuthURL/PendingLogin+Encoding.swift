import CryptoPrimitives
package import OAuthTypes

// Version 1, integers big-endian:
//   version 1 · flags 1 · createdAt 8 · [maxAge 8] · state digest 32 · nonce 32 · verifier 32 · registration 16
//   · correlation ID (length 1) · acr values joined by spaces (length 2) · return path (length 2)
// Issuer, client and redirect URI are not written: sixteen octets of their digest name them, so that ten logins fit
// into the 4 KiB of cookies that proxies let pass.
extension PendingLogin {
    private static let version: UInt8 = 1
    private static let randomOctets = 32
    private static let registrationOctets = 16

    private struct Flags: OptionSet {
        let rawValue: UInt8
        static let expectsIss = Flags(rawValue: 1)
        static let formPost = Flags(rawValue: 2)
        static let maxAge = Flags(rawValue: 4)
        static let known: Flags = [.expectsIss, .formPost, .maxAge]
    }

    /// The login as octets for sealing: about 200 for usual values, 2,800 at most.
    package func encoded() -> [UInt8] {
        var flags: Flags = []
        if expectsIss { flags.insert(.expectsIss) }
        if responseMode == .formPost { flags.insert(.formPost) }
        if maxAge != nil { flags.insert(.maxAge) }
        var octets = [PendingLogin.version, flags.rawValue]
        octets += PendingLogin.octets(createdAt.seconds)
        if let maxAge { octets += PendingLogin.octets(maxAge) }
        octets += stateDigest + nonceOctets + verifierOctets
        octets += PendingLogin.registration(issuer, clientID, redirectURI)
        octets += [UInt8(truncatingIfNeeded: correlationID.utf8.count)] + correlationID.utf8
        octets += PendingLogin.counted(acrValues.joined(separator: " ")) + PendingLogin.counted(returnPath.text)
        return octets
    }

    /// Reads what ``encoded()`` wrote; nil for other versions, for octets that do not fit, and for a login that was
    /// started for another issuer, client or redirect URI.
    package init?(decoding octets: [UInt8], issuer: Issuer, clientID: ClientID, redirectURI: EndpointURL) {
        var reader = OctetReader(octets)
        guard reader.octet() == PendingLogin.version, let flags = reader.octet().map(Flags.init(rawValue:)) else {
            return nil
        }
        guard flags.isSubset(of: .known), let createdAt = reader.integer() else { return nil }
        var maxAge: Int64?
        if flags.contains(.maxAge) {
            guard let seconds = reader.integer(), seconds >= 0 else { return nil }
            maxAge = seconds
        }
        guard let secrets = PendingLogin.secrets(&reader),
            let registration = reader.octets(PendingLogin.registrationOctets),
            ConstantTime.equal(registration, PendingLogin.registration(issuer, clientID, redirectURI)),
            let correlationID = reader.octet().flatMap({ reader.text(Int($0)) }),
            let acrValues = reader.countedText(), let returnPath = reader.countedText().flatMap(ReturnPath.init),
            reader.isAtEnd
        else { return nil }
        let demands = LoginDemands(
            maxAge: maxAge, acrValues: acrValues.split(separator: " ").map(String.init),
            responseMode: flags.contains(.formPost) ? .formPost : .query, expectsIss: flags.contains(.expectsIss))
        self.init(
            secrets: secrets, issuer: issuer, clientID: clientID, redirectURI: redirectURI, returnPath: returnPath,
            demands: demands, createdAt: UnixTime(seconds: createdAt), correlationID: correlationID)
    }

    private static func secrets(_ reader: inout OctetReader) -> LoginSecrets? {
        guard let stateDigest = reader.octets(randomOctets), let nonce = reader.octets(randomOctets),
            let verifier = reader.octets(randomOctets)
        else { return nil }
        return LoginSecrets(stateDigest: stateDigest, nonce: nonce, verifier: verifier)
    }

    private static func registration(_ issuer: Issuer, _ clientID: ClientID, _ redirectURI: EndpointURL) -> [UInt8] {
        let parts = counted(issuer.text) + counted(clientID.text) + counted(redirectURI.text)
        return Array(SHA2.sha256(parts).prefix(registrationOctets))
    }

    private static func octets(_ integer: Int64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: integer >> Int64($0)) }
    }

    // Every text written here is bounded below 65,536 octets where it is taken.
    private static func counted(_ text: String) -> [UInt8] {
        let count = text.utf8.count
        return [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)] + text.utf8
    }
}

/// Takes values off the front of some octets; nil when they run out.
private struct OctetReader {
    private var rest: ArraySlice<UInt8>

    init(_ octets: [UInt8]) { rest = octets[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func octet() -> UInt8? { rest.popFirst() }

    mutating func octets(_ count: Int) -> [UInt8]? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func integer() -> Int64? {
        octets(8).map { $0.reduce(0) { $0 << 8 | Int64($1) } }
    }

    mutating func text(_ count: Int) -> String? {
        octets(count).flatMap { String(validating: $0, as: UTF8.self) }
    }

    mutating func countedText() -> String? {
        guard let high = octet(), let low = octet() else { return nil }
        return text(Int(high) << 8 | Int(low))
    }
}
