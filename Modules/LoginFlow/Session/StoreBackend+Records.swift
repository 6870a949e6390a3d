import OAuthTypes
import SessionStore
import WireFormats

// Seals sessions into records and opens them again.
extension StoreBackend {
    // Tags come last: should the keys change meanwhile, no payload outlives the key by which its tags are found.
    func record(of session: OpenSession) throws(SealingError) -> SessionRecord {
        let (id, life) = (session.id, session.life)
        let context = SealingContext(id.key, absoluteEnd: life.absoluteEnd)
        let readable = session.encodedSummary(withRefreshToken: keepsRefreshTokensReadable)
        let summary = try sealer.sealSummary(readable, in: context)
        let secrets = try sealer.sealSecrets(session.encodedSecrets, in: context, browser: id.browserSecret)
        return SessionRecord(
            revision: Revision(random: environment.random), idleEnd: life.idleEnd, absoluteEnd: life.absoluteEnd,
            summary: summary, secrets: secrets, tags: tags(session.summary))
    }

    func open(_ record: SessionRecord, id: SessionID) -> OpenSession? {
        guard
            let summary = summary(of: record, under: id.key),
            let secrets = sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret)
        else { return nil }
        return OpenSession(record, id: id, summary: summary, decodingSecrets: secrets)
    }

    /// What the server reads of a session without the browser.
    func summary(of record: SessionRecord, under key: SessionKey) -> OpenSession.Summary? {
        sealer.openSummary(of: record, under: key).flatMap(OpenSession.Summary.init(decoding:))
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

    private func tags(_ summary: OpenSession.Summary) -> [IndexTag] {
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
