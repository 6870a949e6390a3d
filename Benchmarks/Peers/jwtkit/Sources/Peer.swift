import Foundation
import JWTKit

/// The claims of the corpus, checked as far as every driver does.
struct Claims: JWTPayload {
    var iss: IssuerClaim
    var sub: SubjectClaim
    var aud: AudienceClaim
    var exp: ExpirationClaim
    var iat: IssuedAtClaim
    var nonce: String?
    var email: String?
    var email_verified: Bool?
    var name: String?
    var nickname: String?
    var sid: String?

    func verify(using _: some JWTAlgorithm) throws { try exp.verifyNotExpired() }
}

/// jwt-kit. usage: jwtkit-peer FOLDER SECONDS; prints one JSON line.
@main
enum Peer {
    private static let batch = 200

    static func main() async throws {
        let folder = CommandLine.arguments[1]
        let issuer = try text(of: "issuer", in: folder)
        let audience = try text(of: "client", in: folder)
        let keys = JWTKeyCollection()
        try await keys.add(jwksJSON: text(of: "jwks.json", in: folder))
        let tokens = try text(of: "rs256.tok", in: folder).split(separator: "\n").map(String.init)
        // In a child task, as a server would: driven from the main actor each call would change threads.
        let samples = try await withThrowingTaskGroup(of: [Double].self) { group in
            group.addTask {
                try await prove(tokens, keys: keys)
                return try await measure(tokens, seconds: Double(CommandLine.arguments[2]) ?? 1) { token in
                    let claims = try await keys.verify(token, as: Claims.self)
                    guard claims.iss.value == issuer else { throw RefusedTokenError() }
                    try claims.aud.verifyIntendedAudience(includes: audience)
                }
            }
            return try await group.next() ?? []
        }
        let least = Int(samples.first ?? 0)
        let middle = Int(samples[samples.count / 2])
        print(
            #"{"peer":"jwt-kit (Swift, BoringSSL)","version":"5.7.1","batches":\#(samples.count),"#
                + #""min_ns":\#(least),"med_ns":\#(middle)}"#)
    }

    private struct RefusedTokenError: Error {}

    private static func text(of name: String, in folder: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    /// A driver that accepts a changed signature measures nothing.
    private static func prove(_ tokens: [String], keys: JWTKeyCollection) async throws {
        var changed = Array(tokens[0].utf8)
        guard let dot = changed.lastIndex(of: UInt8(ascii: ".")) else { throw RefusedTokenError() }
        let place = dot + 20
        changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        let accepted = try? await keys.verify(String(decoding: changed, as: UTF8.self), as: Claims.self)
        guard accepted == nil else { throw RefusedTokenError() }
        for token in tokens { _ = try await keys.verify(token, as: Claims.self) }
    }

    private static func measure(
        _ tokens: [String], seconds: Double, verify: (String) async throws -> Void
    ) async throws -> [Double] {
        var samples: [Double] = []
        var position = 0
        let end = now(CLOCK_MONOTONIC) + seconds * 1e9
        while now(CLOCK_MONOTONIC) < end {
            let begin = now(CLOCK_PROCESS_CPUTIME_ID)
            for _ in 0..<batch {
                try await verify(tokens[position])
                position = (position + 1) % tokens.count
            }
            samples.append((now(CLOCK_PROCESS_CPUTIME_ID) - begin) / Double(batch))
        }
        return samples.sorted()
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
