import OAuthTypes
import SessionStore
import WireFormats

/// Seals sessions into records and opens them again.
struct SessionRecords: Sendable {
    let ring: SealingKeyRing
    let sealer: RecordSealer
    let random: RandomSource
    /// Whether refresh tokens are kept so that the server can open them without the browser.
    let keepsRefreshTokensReadable: Bool

    init(ring: SealingKeyRing, random: RandomSource, keepsRefreshTokensReadable: Bool) {
        self.ring = ring
        self.random = random
        self.keepsRefreshTokensReadable = keepsRefreshTokensReadable
        sealer = RecordSealer(ring: ring, random: random)
    }

    // Tags come last: if the keys change meanwhile, no payload outlives the key by which its tags are found.
    func record(
        _ content: SessionContent, id: SessionID, life: SessionLife
    ) throws(SealingError) -> SessionRecord {
        let place = RecordPlace(id.key, absoluteEnd: life.absoluteEnd)
        let readable = content.encodedSummary(withRefreshToken: keepsRefreshTokensReadable)
        let summary = try sealer.sealSummary(readable, in: place)
        let secrets = try sealer.sealSecrets(content.encodedSecrets, in: place, browser: id.browserSecret)
        return SessionRecord(
            revision: Revision(random: random), idleEnd: life.idleEnd, absoluteEnd: life.absoluteEnd,
            summary: summary, secrets: secrets, tags: tags(content.summary))
    }

    func open(_ record: SessionRecord, id: SessionID) -> OpenSession? {
        guard
            let summary = summary(of: record, under: id.key),
            let secrets = sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret),
            let content = SessionContent(summary: summary, decodingSecrets: secrets)
        else { return nil }
        let life = SessionLife(idleEnd: record.idleEnd, absoluteEnd: record.absoluteEnd)
        return OpenSession(id: id, life: life, content: content, record: record)
    }

    /// What the server reads of a session without the browser.
    func summary(of record: SessionRecord, under key: SessionKey) -> SessionContent.Summary? {
        sealer.openSummary(of: record, under: key).flatMap(SessionContent.Summary.init(decoding:))
    }

    /// What the server can do about a session's refresh token without the browser.
    func revocableToken(of record: SessionRecord, under key: SessionKey) -> RevocableToken {
        guard let octets = sealer.openSummary(of: record, under: key), let object = try? JSONReader.object(octets)
        else {
            return .sealed
        }
        switch object["rt"] {
        case .string(let text): return .token(RefreshToken(text))
        case .bool: return .none
        default: return .sealed
        }
    }

    private func tags(_ summary: SessionContent.Summary) -> [IndexTag] {
        guard let tagMaker = ring.tagMakers.first, let issuer = try? Issuer(summary.issuer, allowing: .loopback) else {
            return []
        }
        let session = summary.providerSession.map { tagMaker.providerSession($0, at: issuer) }
        return [tagMaker.subject(summary.subject, at: issuer)] + [session].compactMap(\.self)
    }
}

/// A session's refresh token as the server sees it without the browser.
enum RevocableToken: Sendable {
    case token(RefreshToken)
    case none
    /// Only the browser's cookie opens it, if there is one.
    case sealed
}
