import CryptoPrimitives
package import OAuthTypes
import WireFormats

// Version 2, integers big-endian; version 1 has no traits:
//   version 1 · flags 1 · traits 1 · createdAt 8 · [maxAge 8] · state digest 32 · nonce 32 · verifier 32 · registration 16
//   · correlation ID (length 1) · acr values joined by spaces (length 2) · return path (length 2)
//   · [organization (length 1)]
// Issuer, client and redirect URI are not written: sixteen octets of their digest name them, so that ten logins fit
// into the 4 KiB of cookies that proxies let pass.
extension PendingLogin {
    private static let version: UInt8 = 2
    private static let versionWithoutTraits: UInt8 = 1
    private static let randomOctets = 32
    private static let registrationOctets = 16

    private struct Flags: OptionSet {
        let rawValue: UInt8
        static let expectsIss = Flags(rawValue: 1)
        static let formPost = Flags(rawValue: 2)
        static let maxAge = Flags(rawValue: 4)
        static let organization = Flags(rawValue: 128)
        static let signedResponse = Flags(rawValue: 8)
        static let known: Flags = [.expectsIss, .formPost, .maxAge, .signedResponse, .organization]

        var responseMode: AuthorizationRequest.ResponseMode {
            switch (contains(.formPost), contains(.signedResponse)) {
            case (false, false): .query
            case (true, false): .formPost
            case (false, true): .queryJWT
            case (true, true): .formPostJWT
            }
        }
    }

    /// The login as octets for sealing: about 200 for usual values, 2,800 at most.
    package func encoded() -> [UInt8] {
        var flags: Flags = []
        if expectsIss { flags.insert(.expectsIss) }
        if responseMode == .formPost || responseMode == .formPostJWT { flags.insert(.formPost) }
        if responseMode.isSigned { flags.insert(.signedResponse) }
        if maxAge != nil { flags.insert(.maxAge) }
        if organization != nil { flags.insert(.organization) }
        var octets = [PendingLogin.version, flags.rawValue, traits.rawValue]
        octets += createdAt.seconds.bigEndianOctets
        if let maxAge { octets += maxAge.wholeSeconds.bigEndianOctets }
        octets += stateDigest + nonceOctets + verifierOctets
        octets += PendingLogin.registration(of: clientID, at: issuer, redirectURI: redirectURI)
        octets += [UInt8(truncatingIfNeeded: correlationID.utf8.count)] + correlationID.utf8
        octets += PendingLogin.counted(acrValues.joined(separator: " ")) + PendingLogin.counted(returnPath.text)
        if let organization {
            octets += [UInt8(truncatingIfNeeded: organization.text.utf8.count)] + organization.text.utf8
        }
        return octets
    }

    /// Reads what ``encoded()`` wrote; nil for other versions, for invalid octets, and for a login that was started for
    /// another issuer, client or redirect URI.
    package init?(decoding octets: [UInt8], issuer: Issuer, clientID: ClientID, redirectURI: EndpointURL) {
        var reader = OctetReader(octets)
        guard let version = reader.number(UInt8.self), let flags = reader.number().map(Flags.init(rawValue:)),
            let traits = PendingLogin.traits(&reader, of: version)
        else { return nil }
        guard flags.isSubset(of: .known), let createdAt = reader.number(Int64.self) else { return nil }
        var maxAge: Duration?
        if flags.contains(.maxAge) {
            guard let seconds = reader.number(Int64.self), seconds >= 0 else { return nil }
            maxAge = .seconds(seconds)
        }
        guard let secrets = PendingLogin.secrets(&reader),
            let registration = reader.take(PendingLogin.registrationOctets),
            ConstantTime.equal(
                registration, PendingLogin.registration(of: clientID, at: issuer, redirectURI: redirectURI)),
            let correlationID = reader.text(countedBy: UInt8.self), let acrValues = reader.text(countedBy: UInt16.self),
            let returnPath = reader.text(countedBy: UInt16.self).flatMap(ReturnPath.init)
        else { return nil }
        let organization = flags.contains(.organization) ? PendingLogin.organization(&reader) : nil
        guard reader.isAtEnd, (organization != nil) == flags.contains(.organization) else { return nil }
        let demands = LoginDemands(
            maxAge: maxAge, acrValues: acrValues.split(separator: " ").map(String.init),
            responseMode: flags.responseMode, expectsIss: flags.contains(.expectsIss),
            traits: traits, organization: organization)
        self.init(
            secrets: secrets, issuer: issuer, clientID: clientID, redirectURI: redirectURI, returnPath: returnPath,
            demands: demands, createdAt: UnixTime(seconds: createdAt), correlationID: correlationID)
    }

    private static func traits(_ reader: inout OctetReader, of version: UInt8) -> LoginTraits? {
        if version == versionWithoutTraits { return [] }
        guard version == PendingLogin.version, let traits = reader.number().map(LoginTraits.init(rawValue:)),
            traits.isSubset(of: .known)
        else { return nil }
        return traits
    }

    private static func organization(_ reader: inout OctetReader) -> Organization? {
        reader.text(countedBy: UInt8.self).flatMap { try? Organization($0) }
    }

    private static func secrets(_ reader: inout OctetReader) -> LoginSecrets? {
        guard let stateDigest = reader.take(randomOctets), let nonce = reader.take(randomOctets),
            let verifier = reader.take(randomOctets)
        else { return nil }
        return LoginSecrets(stateDigest: stateDigest, nonce: nonce, verifier: verifier)
    }

    private static func registration(of clientID: ClientID, at issuer: Issuer, redirectURI: EndpointURL) -> [UInt8] {
        let parts = counted(issuer.text) + counted(clientID.text) + counted(redirectURI.text)
        return Array(SHA2.sha256(parts).prefix(registrationOctets))
    }

    // Every text written here is limited to less than 65,536 octets where it is read.
    private static func counted(_ text: String) -> [UInt8] {
        UInt16(truncatingIfNeeded: text.utf8.count).bigEndianOctets + text.utf8
    }
}

extension OctetReader {
    /// A text whose length stands before it as an integer of the given type.
    fileprivate mutating func text<Count: FixedWidthInteger>(countedBy type: Count.Type) -> String? {
        number(type).flatMap { take(Int($0)) }.flatMap { String(validating: $0, as: UTF8.self) }
    }
}
