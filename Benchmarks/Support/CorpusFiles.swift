import CFloor
import JOSE
import OAuthTypes
import WireFormats

/// A corpus as files, for other programs: peers and cold starts.
public enum CorpusFiles {
    /// Why the files could not be written.
    public enum FileError: Error {
        /// The folder is missing or full.
        case file(String)
        /// libcrypto does not export the public key.
        case key
    }

    /// The corpus that another run wrote, without the private keys.
    public static func read(from folder: String) throws -> FiledCorpus {
        let issuer = try Issuer(try text("\(folder)/issuer"))
        let clientID = try ClientID(try text("\(folder)/client"))
        let expectations = try text("\(folder)/nonces").split(separator: "\n").map { nonce in
            IDTokenExpectations(
                issuer: issuer, clientID: clientID, nonce: String(nonce), maxAge: nil, acceptedACRs: [],
                accessToken: nil, code: nil)
        }
        return FiledCorpus(
            issuer: issuer, keySet: Array(try text("\(folder)/jwks.json").utf8),
            tokens: try text("\(folder)/rs256.tok").split(separator: "\n").map { RawIDToken(String($0)) },
            expectations: expectations)
    }

    /// Writes all tokens, one per line, and the key in the formats that peers read; `token` and `nonce` are those of the
    /// first token.
    public static func write(_ corpus: Corpus, to folder: String) throws {
        let lines = corpus.tokens.map { $0.exposedText + "\n" }.joined()
        try write(lines.utf8, to: "\(folder)/rs256.tok")
        try write(KeySetText.ofTwo(corpus), to: "\(folder)/jwks.json")
        try write(publicKey(corpus), to: "\(folder)/public.pem")
        try write(corpus.nonces.map { $0 + "\n" }.joined().utf8, to: "\(folder)/nonces")
        try write(corpus.issuer.text.utf8, to: "\(folder)/issuer")
        try write(corpus.clientID.text.utf8, to: "\(folder)/client")
        try write((corpus.tokens.first?.exposedText ?? "").utf8, to: "\(folder)/token")
        try write((corpus.nonces.first ?? "").utf8, to: "\(folder)/nonce")
    }

    /// Replaces the token with one that has a changed signature.
    public static func spoilToken(of corpus: Corpus, in folder: String) throws {
        try write(corpus.withChangedSignature(at: 20).exposedText.utf8, to: "\(folder)/token")
    }

    private static func publicKey(_ corpus: Corpus) throws -> [UInt8] {
        let key = try corpus.key.pem()
        let text = unsafe [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, count in
            unsafe count = cfloor_public_pem(key, key.count, buffer.baseAddress, buffer.count)
        }
        guard !text.isEmpty else { throw FileError.key }
        return text
    }

    private static func text(_ path: String) throws -> String {
        let octets = unsafe [UInt8](unsafeUninitializedCapacity: 4_194_304) { buffer, count in
            unsafe count = cfloor_read(path, buffer.baseAddress, buffer.count)
        }
        guard !octets.isEmpty else { throw FileError.file(path) }
        return String(decoding: octets, as: UTF8.self)
    }

    private static func write(_ octets: some Sequence<UInt8>, to path: String) throws {
        let octets = Array(octets)
        guard unsafe cfloor_write(path, octets, octets.count) else { throw FileError.file(path) }
    }
}
