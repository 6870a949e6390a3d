import Glibc
import JOSE
import OAuthTypes

/// Verifies one token from the start of the process. The folder that `figures` wrote holds the key set, the token and the
/// expectations. The program links libcrypto and the Swift runtime statically.
@main
enum Coldstart {
    static func main() {
        guard CommandLine.arguments.count == 2 else { exit(2) }
        do { try verify(CommandLine.arguments[1]) } catch { exit(1) }
    }

    private static func verify(_ folder: String) throws {
        let issuer = try Issuer(try text("\(folder)/issuer"))
        let keys = LocalJWKSet(try JWKSet(jwks: contents("\(folder)/jwks.json")), of: issuer)
        let expectations = IDTokenExpectations(
            issuer: issuer, clientID: try ClientID(try text("\(folder)/client")), nonce: try text("\(folder)/nonce"),
            maxAge: nil, acceptedACRs: [], accessToken: nil, code: nil)
        let token = try IDTokenVerifier(keys: keys, algorithms: [.rs256]).verify(
            RawIDToken(try text("\(folder)/token")), expecting: expectations, at: UnixTime(seconds: 1_760_010_000))
        print(token.subject)
    }

    private struct UnreadableFileError: Error {}

    private static func text(_ path: String) throws -> String {
        String(decoding: try contents(path), as: UTF8.self)
    }

    private static func contents(_ path: String) throws -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY)
        guard descriptor >= 0 else { throw UnreadableFileError() }
        defer { close(descriptor) }
        return unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            unsafe count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}
