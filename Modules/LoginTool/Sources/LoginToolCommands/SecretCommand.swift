import ArgumentParser
import OAuthTypes

struct SecretCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "session-secret",
        abstract: "Prints a new secret for LOGIN_SESSION_SECRET: 32 random octets in hexadecimal.",
        discussion: """
            SealingKeys(parsing:) reads it. To rotate, put the new secret in front of the old one, separated with a comma.
            """)

    func run(on console: Console) throws {
        try console.write(Self.text(of: RandomSource.system.bytes(count: 32)) + "\n")
    }

    static func text(of octets: [UInt8]) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
