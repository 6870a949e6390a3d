// Fails each allocation of libcrypto in turn, in a child process each, while tokens are verified and signed.
//
// Whatever fails, the answer must be the right one or an error: no trap, no forged token accepted. Afterwards the same
// work must be done as if nothing had happened, as long as libcrypto itself hands out what it needs; where it does not, that is
// counted. libcrypto's own start is left out: libcrypto 3.0 itself dereferences null pointers when an allocation fails in it.
import CFailingAllocator

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

guard failing_allocator_install() else {
    print("libcrypto has allocated before the hook was set")
    exit(2)
}

guard CommandLine.arguments.count == 3 else {
    // Again, with the fixture as the argument: nothing of libcrypto is left over from making it.
    let fixture = try Fixture.make()
    unsafe setenv("SWIFT_BACKTRACE", "enable=no", 1)
    var arguments = unsafe [
        strdup(CommandLine.arguments[0]), strdup(CommandLine.arguments.last ?? ""), strdup(fixture), nil,
    ]
    _ = unsafe execv("/proc/self/exe", &arguments)
    print("cannot start again")
    exit(2)
}

let (mode, fixture) = (CommandLine.arguments[1].split(separator: ":"), try Fixture(CommandLine.arguments[2]))
let everything = Work.everything(fixture)
if let rounds = mode.last.flatMap({ Int($0) }) {
    let repeated = mode.first == "verify" ? try Work.verifications(fixture) : everything
    print("grew by \(try Growth.overRounds(rounds, of: repeated)) octets")
    exit(0)
}
var report = Report(isThorough: mode == ["all"])
guard failing_allocator_start_libcrypto() else { exit(2) }
if mode == ["planted"] {
    report.add(Work.remembering(fixture), isUsed: false)
    print(report.summary)
    exit(0)
}
for work in everything { report.add(work, isUsed: false) }
for work in everything where try work.run() != .right { exit(2) }
for work in everything { report.add(work, isUsed: true) }
for work in try Work.keeping(try Fixture(CommandLine.arguments[2])) { report.add(work, isUsed: true) }
print(report.summary)
exit(report.faults == 0 ? 0 : 1)
