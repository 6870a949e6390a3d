import CLibcurl

/// libcurl's set of transfers and kept connections; the last owner closes them.
///
/// Sendable: the loop's thread makes every call but `wakeUp`, which libcurl allows from any thread.
@safe final class MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    /// Nil when libcurl has no memory or no descriptors.
    /// - Parameter maximumConnections: how many connections may be kept.
    init?(maximumConnections: Int) {
        guard let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = pointer
        guard
            unsafe clibcurl_multi_set_number(pointer, CLIBCURL_MULTI_MAXCONNECTS, maximumConnections)
                == CLIBCURL_MULTI_OK
        else { return nil }
    }

    deinit { unsafe curl_multi_cleanup(pointer) }

    func add(_ easy: EasyHandle) -> Bool { unsafe easy.add(to: pointer) }

    func remove(_ easy: EasyHandle) { unsafe easy.remove(from: pointer) }

    /// Moves every transfer on as far as it goes without waiting; false when libcurl cannot go on.
    func perform() -> Bool {
        var running: CInt = 0
        return unsafe curl_multi_perform(pointer, &running) == CLIBCURL_MULTI_OK
    }

    /// Waits for a socket, a deadline of libcurl's, a wake-up, or `milliseconds`; false when libcurl cannot go on.
    func wait(atMost milliseconds: Int) -> Bool {
        let bounded = CInt(max(0, min(milliseconds, 3_600_000)))
        return unsafe curl_multi_poll(pointer, nil, 0, bounded, nil) == CLIBCURL_MULTI_OK
    }

    /// Ends the current `wait`, or the next one.
    func wakeUp() { unsafe curl_multi_wakeup(pointer) }

    /// The next transfer that has ended by itself.
    func nextEnded() -> (identity: EasyHandle.Identity, code: CURLcode)? {
        var code = CLIBCURL_OK
        guard let easy = unsafe clibcurl_multi_next_ended(pointer, &code) else { return nil }
        return (UInt(bitPattern: easy), code)
    }
}
