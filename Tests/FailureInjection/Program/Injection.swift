import CFailingAllocator

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An operation in a child process in which the `nth` allocation fails.
struct Injection {
    enum Result: Equatable {
        /// The operation made fewer allocations, and its result was right.
        case untouched
        /// The right result, or an error.
        case held
        /// The same, but libcrypto itself has not recovered.
        case leftBroken
        case fault(String)
    }

    let work: Work
    let nth: Int
    let isLasting, isUsed: Bool

    private static let untouched: Int32 = 10
    private static let held: Int32 = 11
    private static let wrong: Int32 = 12
    private static let notRecovered: Int32 = 13
    private static let wrongAtOnce: Int32 = 14
    private static let leftBroken: Int32 = 15

    var result: Result {
        var copy = self
        let code = unsafe withUnsafeMutablePointer(to: &copy) { pointer in
            unsafe failing_allocator_in_child(
                { unsafe $0?.assumingMemoryBound(to: Injection.self).pointee.run() ?? 0 }, pointer)
        }
        return switch code {
        case Self.untouched: .untouched
        case Self.held: .held
        case Self.leftBroken: .leftBroken
        case Self.wrong: .fault("accepted what is not authentic")
        case Self.notRecovered: .fault("did not recover")
        case Self.wrongAtOnce: .fault("is wrong without any failure")
        default: .fault("ended with \(code)")
        }
    }

    private func run() -> Int32 {
        failing_allocator_fail(nth, isLasting)
        let during = outcome()
        let hasFailed = failing_allocator_has_failed()
        failing_allocator_fail(0, false)
        guard during != .wrong else { return Self.wrong }
        guard hasFailed else { return during == .right ? Self.untouched : Self.wrongAtOnce }
        if outcome() == .right { return Self.held }
        return failing_allocator_libcrypto_is_whole() ? Self.notRecovered : Self.leftBroken
    }

    private func outcome() -> Work.Outcome {
        do { return try work.run() } catch { return .refused }
    }
}

/// The results of all injections.
struct Report {
    let isThorough: Bool
    private(set) var failures = 0
    private(set) var faults = 0
    private(set) var leftBroken = 0

    /// Fails fewer and fewer of the thousands of allocations, or each of them in a thorough run (`all` as the first
    /// argument).
    mutating func add(_ work: Work, isUsed: Bool) {
        let before = failures
        for isLasting in [false, true] {
            var nth = 1
            while true {
                let result = Injection(work: work, nth: nth, isLasting: isLasting, isUsed: isUsed).result
                if result == .untouched { break }
                failures += 1
                if result == .leftBroken { leftBroken += 1 }
                if case .fault(let text) = result {
                    faults += 1
                    let kind = "\(isUsed ? "used before" : "first use"), \(isLasting ? "lasting" : "single")"
                    print("FAULT \(work.name): with allocation \(nth) failing (\(kind)) it \(text)")
                    if nth == 1, text.contains("without") { break }
                }
                nth += isThorough ? 1 : 1 + nth / 4
            }
        }
        print("\(work.name), \(isUsed ? "used before" : "first use"): \(failures - before) failed allocations")
        fflush(nil)
    }

    var summary: String { "\(failures) failed allocations, \(leftBroken) left libcrypto broken, \(faults) faults" }
}
