import LoginToolCommands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@main
struct Main {
    static func main() {
        exit(LoginTool.run(Array(CommandLine.arguments.dropFirst()), on: .process).rawValue)
    }
}
