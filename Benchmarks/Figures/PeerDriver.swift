import CFloor
import JOSE
import OAuthTypes
import Support

/// Measures our own verification as the drivers in Benchmarks/Peers measure others, in a process of its own.
struct PeerDriver {
    private static let batch = 200
    private let name: String
    private let corpus: FiledCorpus
    private let verifier: IDTokenVerifier<LocalJWKSet>

    init(engine: String, folder: String) throws {
        corpus = try CorpusFiles.read(from: folder)
        let isChain = engine == "chain"
        name = isChain ? "swift-login-flow, Montgomery chain" : "swift-login-flow (Swift, OpenSSL)"
        verifier = try corpus.verifier(JWKPolicy(engine: isChain ? .montgomeryChain : .standard))
    }

    func run(seconds: Double) throws {
        try prove()
        var samples = Samples()
        var batches = 0
        var position = 0
        let end = cfloor_wall_nanoseconds() + Int64(seconds * 1e9)
        while cfloor_wall_nanoseconds() < end {
            let begin = cfloor_process_nanoseconds()
            for _ in 0..<Self.batch {
                guard corpus.accepts(position, by: verifier) else { throw WrongAnswerError(subject: name) }
                position = (position + 1) % corpus.tokens.count
            }
            samples.add(cfloor_process_nanoseconds() - begin, of: Self.batch)
            batches += 1
        }
        print(
            #"{"peer":"\#(name)","version":"-","batches":\#(batches),"#
                + #""min_ns":\#(Int(samples.minimum)),"med_ns":\#(Int(samples.median))}"#)
    }

    /// A driver that accepts a changed signature measures nothing.
    private func prove() throws {
        var changed = Array(corpus.tokens[0].exposedText.utf8)
        let place = changed.count - 20
        changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        let token = RawIDToken(String(decoding: changed, as: UTF8.self))
        guard !corpus.accepts(0, by: verifier, insteadOf: token),
            corpus.tokens.indices.allSatisfy({ corpus.accepts($0, by: verifier) })
        else { throw WrongAnswerError(subject: name) }
    }
}
