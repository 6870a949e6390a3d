#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What libFuzzer, whose main function the program has, calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    if let fault = Entry.target.fault(with: Array(UnsafeBufferPointer(start: start, count: count))) {
        fatalError(fault)
    }
    return 0
}

/// Called once before: keys are made here, which takes longer than an input may.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    _ = Entry.target.fault(with: Array("{}".utf8))
    return 0
}

/// libFuzzer reads all arguments itself, so the environment names the target.
enum Entry {
    static let target: FuzzTarget = {
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else { fatalError("FUZZ_TARGET names no target") }
        return target
    }()
}
