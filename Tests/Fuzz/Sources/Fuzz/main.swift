// usage: fuzz TARGET [options and corpus folders of libFuzzer]
import CDriver

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// libFuzzer takes a C function, which cannot carry a target along: one for each.
let code: CInt =
    switch CommandLine.arguments.dropFirst().first {
    case "json": driver_run(CommandLine.argc, CommandLine.unsafeArgv) { Targets.json(Targets.octets($0, $1)) }
    case "keyset": driver_run(CommandLine.argc, CommandLine.unsafeArgv) { Targets.keySet(Targets.octets($0, $1)) }
    case "publickey": driver_run(CommandLine.argc, CommandLine.unsafeArgv) { Targets.publicKey(Targets.octets($0, $1)) }
    case "token": driver_run(CommandLine.argc, CommandLine.unsafeArgv) { Targets.token(Targets.octets($0, $1)) }
    case "claims": driver_run(CommandLine.argc, CommandLine.unsafeArgv) { Targets.claims(Targets.octets($0, $1)) }
    default: 2
    }
exit(code)
