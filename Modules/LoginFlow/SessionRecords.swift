import OAuthTypes
import SessionStore
import WireFormats

/// Seals sessions into records and opens them again.
struct SessionRecords: Sendable {
    let sealer: RecordSealer
    let tagMaker: IndexTagMaker?
    let random: RandomSource

    func record(
        _ content: SessionContent, id: SessionID, idleEnd: UnixTime, absoluteEnd: UnixTime
    ) throws(SealingFailure) -> SessionRecord {
        let place = RecordPlace(id.key, absoluteEnd: absoluteEnd)
        return SessionRecord(
            revision: Revision(random: random), idleEnd: idleEnd, absoluteEnd: absoluteEnd,
            summary: try sealer.sealSummary(content.summary.encoded, in: place),
            secrets: try sealer.sealSecrets(content.encodedSecrets, in: place, browser: id.browserSecret),
            tags: tags(content.summary))
    }

    func open(_ record: SessionRecord, id: SessionID) -> OpenSession? {
        guard
            let summary = sealer.openSummary(of: record, under: id.key).flatMap(SessionContent.Summary.init(decoding:)),
            let secrets = sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret),
            let content = SessionContent(summary: summary, decodingSecrets: secrets)
        else { return nil }
        return OpenSession(id: id, record: record, content: content)
    }

    private func tags(_ summary: SessionContent.Summary) -> [IndexTag] {
        guard let tagMaker, let issuer = try? Issuer(summary.issuer, allowing: .loopback) else { return [] }
        let session = summary.providerSession.map { tagMaker.providerSession($0, at: issuer) }
        return [tagMaker.subject(summary.subject, at: issuer)] + [session].compactMap(\.self)
    }
}
