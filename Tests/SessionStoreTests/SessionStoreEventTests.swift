import SessionStore
import Testing

struct SessionStoreEventTests {
    private static let key = SessionKey(kind: .session, digestOf: [1])

    /// What an operator reads names the place, and the key by a part that finds nothing.
    @Test(arguments: [
        (SessionStoreEvent.unreadableRecord(key), "session 4bf5122f…"), (.newerRecord(key, version: 7), "format 7"),
        (.created(path: "sessions.db"), "sessions.db: nothing was there"),
        (.movedAside(path: "sessions.db", to: "sessions.db.damaged-1"), "is now sessions.db.damaged-1"),
        (.displaced(path: "sessions.db"), "removed or replaced"),
        (.longLog(path: "sessions.db", octets: 9), "9 octets"),
        (.failedCheckpoint(path: "sessions.db", .busy), "another process held"),
    ])
    func saysWhatHappened(_ event: SessionStoreEvent, _ part: String) {
        #expect("\(event)".contains(part))
    }

    @Test(arguments: [
        (SessionStoreError.noDatabase(path: "sessions.db"), "restore it, move it away"),
        (.displaced(path: "sessions.db"), "start the app anew"), (.logFull(path: "sessions.db"), "sessions.db-wal"),
    ])
    func anErrorSaysWhatToDo(_ error: SessionStoreError, _ part: String) {
        #expect("\(error)".contains(part))
    }
}
