import CLibcurl

/// libcurl refused a setting: it is out of memory or built without the feature.
struct OptionError: Error {}

/// A transfer of libcurl. Used by the loop's thread only.
@safe final class EasyHandle {
    typealias Identity = UInt

    private let pointer: UnsafeMutableRawPointer
    private var fields: UnsafeMutablePointer<curl_slist>?

    init?() {
        guard let pointer = unsafe curl_easy_init() else { return nil }
        unsafe self.pointer = pointer
        unsafe fields = nil
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
        unsafe curl_slist_free_all(fields)
    }

    /// Tells handles apart as long as they live.
    var identity: Identity { unsafe UInt(bitPattern: pointer) }

    /// How many octets of requests libcurl says it has written.
    var octetsSent: Int64 { unsafe clibcurl_octets_sent(pointer) }

    func set(_ option: CURLoption, to number: Int) throws(OptionError) {
        try EasyHandle.check(unsafe clibcurl_set_number(pointer, option, number))
    }

    func set(_ option: CURLoption, to text: String) throws(OptionError) {
        try EasyHandle.check(unsafe clibcurl_set_text(pointer, option, text))
    }

    /// Trusts the certificate authorities of `file` and no others.
    func set(caFile file: String) throws(OptionError) {
        try EasyHandle.check(unsafe clibcurl_set_text(pointer, CLIBCURL_OPTION_CAINFO, file))
        try EasyHandle.check(unsafe clibcurl_forget_authorities_folder(pointer))
    }

    func set(body: [UInt8]) throws(OptionError) {
        try EasyHandle.check(unsafe clibcurl_set_body(pointer, body, body.count))
    }

    /// Adds a line to the request's header.
    func add(line: String) throws(OptionError) {
        guard let longer = unsafe curl_slist_append(fields, line) else { throw OptionError() }
        unsafe fields = longer
    }

    /// Hands the added lines to libcurl.
    func setFields() throws(OptionError) {
        try EasyHandle.check(unsafe clibcurl_set_fields(pointer, fields))
    }

    /// Asks for bodies without a content coding; what comes in one all the same is decoded.
    func askForPlainBodies() throws(OptionError) {
        try EasyHandle.check(unsafe clibcurl_ask_for_plain_bodies(pointer))
    }

    /// Settings whose form depends on libcurl's version.
    func setDefaults() throws(OptionError) {
        try EasyHandle.check(unsafe clibcurl_set_web_protocols(pointer))
        try EasyHandle.check(unsafe clibcurl_set_close_on_exec(pointer))
        unsafe clibcurl_leave_lookups_behind(pointer)
    }

    /// Points the callbacks at `transfer`, which the caller keeps as long as this handle is in use.
    /// - Returns: whether libcurl will announce every request it writes.
    func setCallbacks(to transfer: Transfer) throws(OptionError) -> Bool {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        try EasyHandle.check(unsafe clibcurl_set_header_function(pointer, takeLine, context))
        try EasyHandle.check(unsafe clibcurl_set_write_function(pointer, takeBody, context))
        try EasyHandle.check(unsafe clibcurl_set_progress_function(pointer, countReceived, context))
        return unsafe clibcurl_set_before_request(pointer, beforeRequest, context) == CLIBCURL_OK
    }

    /// Asks `transfer` before a connection is opened.
    func guardAddresses(by transfer: Transfer) throws(OptionError) {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        try EasyHandle.check(unsafe clibcurl_set_open_socket_function(pointer, openSocket, context))
    }

    /// Begins a handshake on this thread, with a peer that never answers; nil without sockets.
    func tryHandshake() -> CURLcode? {
        var code = CLIBCURL_OK
        return unsafe clibcurl_try_handshake(pointer, &code) != 0 ? code : nil
    }

    /// False when libcurl refuses.
    func add(to multi: UnsafeMutableRawPointer) -> Bool {
        unsafe curl_multi_add_handle(multi, pointer) == CLIBCURL_MULTI_OK
    }

    func remove(from multi: UnsafeMutableRawPointer) {
        unsafe curl_multi_remove_handle(multi, pointer)
    }

    private static func check(_ code: CURLcode) throws(OptionError) {
        guard code == CLIBCURL_OK else { throw OptionError() }
    }
}

private func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
    unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

// Any number but that of the octets ends the transfer; this one is not CURL_WRITEFUNC_PAUSE.
private let ended = Int(bitPattern: UInt.max)

private func takeLine(
    octets: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let context = unsafe context else { return ended }
    let line = unsafe UnsafeRawBufferPointer(start: octets, count: size * count)
    return unsafe transfer(context).take(line: [UInt8](line)) ? line.count : ended
}

private func takeBody(
    octets: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let context = unsafe context else { return ended }
    let body = unsafe UnsafeRawBufferPointer(start: octets, count: size * count)
    return unsafe transfer(context).take(body: body) ? body.count : ended
}

private func countReceived(
    context: UnsafeMutableRawPointer?, expected: curl_off_t, received: curl_off_t, toSend: curl_off_t, sent: curl_off_t
) -> CInt {
    guard let context = unsafe context else { return 1 }
    return unsafe transfer(context).mayGoOn(received: Int64(received)) ? 0 : 1
}

private func openSocket(
    context: UnsafeMutableRawPointer?, purpose: curlsocktype, address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context = unsafe context, let address = unsafe address else { return CLIBCURL_NO_SOCKET }
    var octets = [UInt8](repeating: 0, count: 16)
    let count = unsafe Int(clibcurl_address_octets(address, &octets))
    guard unsafe transfer(context).mayConnect(to: Array(octets.prefix(count))) else { return CLIBCURL_NO_SOCKET }
    return unsafe clibcurl_open_socket(address)
}

private func beforeRequest(
    context: UnsafeMutableRawPointer?, peer: UnsafeMutablePointer<CChar>?, local: UnsafeMutablePointer<CChar>?,
    peerPort: CInt, localPort: CInt
) -> CInt {
    guard let context = unsafe context else { return 1 }
    return unsafe transfer(context).mayWriteRequest() ? 0 : 1
}
