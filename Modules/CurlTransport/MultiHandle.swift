import CLibcurl

/// libcurl's set of transfers and kept connections; the last owner closes them.
///
/// Sendable: the loop's thread makes every call but `wakeUp`, which libcurl allows from any thread.
@safe final class MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    /// Nil when libcurl has no memory or no descriptors.
    init?(maximumConnections: Int) {
        guard let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = pointer
        let isBounded = [CURLMOPT_MAX_TOTAL_CONNECTIONS, CURLMOPT_MAXCONNECTS].allSatisfy {
            unsafe clibcurl_multi_set_number(pointer, $0, maximumConnections) == CURLM_OK
        }
        guard isBounded else { return nil }
    }

    deinit { unsafe curl_multi_cleanup(pointer) }

    func add(_ easy: EasyHandle) -> Bool { unsafe easy.isAdded(to: pointer) }

    func remove(_ easy: EasyHandle) { unsafe easy.remove(from: pointer) }

    /// Moves every transfer on as far as it goes without waiting; false when libcurl cannot go on.
    func perform() -> Bool {
        var running: CInt = 0
        return unsafe curl_multi_perform(pointer, &running) == CURLM_OK
    }

    /// Waits for a socket, a deadline or a wake-up; false when libcurl cannot go on.
    func wait() -> Bool {
        unsafe curl_multi_poll(pointer, nil, 0, 3_600_000, nil) == CURLM_OK
    }

    /// Ends the current `wait`, or the next one.
    func wakeUp() { unsafe curl_multi_wakeup(pointer) }

    /// The next transfer that has ended by itself.
    func nextEnded() -> (identity: EasyHandle.Identity, code: CURLcode)? {
        var code = CURLE_OK
        guard let easy = unsafe clibcurl_multi_next_ended(pointer, &code) else { return nil }
        return (UInt(bitPattern: easy), code)
    }
}
