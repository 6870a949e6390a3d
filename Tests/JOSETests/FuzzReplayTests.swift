import FuzzTargets
import Testing
import VectorJudge
import WireFormats

/// What the fuzz targets begin with, and every input that they ever stopped at (Tests/Vectors/fuzz), without libFuzzer.
@Suite struct FuzzReplayTests {
    private struct Input {
        let target: FuzzTarget
        let octets: [UInt8]
    }

    private func replay(_ inputs: [Input]) {
        for input in inputs {
            let fault = input.target.fault(with: input.octets)
            #expect(fault == nil, "\(input.target.rawValue): \(Base64URL.encode(input.octets.prefix(2_000)))")
        }
    }

    @Test func findsNoFaultInWhatWasFoundBefore() throws {
        let found = try VectorDocument.own("fuzz/inputs.json")["inputs"]?.arrayValue ?? []
        let inputs = try found.map { entry in
            let target = try #require(FuzzTarget(rawValue: entry.objectValue?["target"]?.stringValue ?? ""))
            return Input(
                target: target, octets: try #require(Base64URL.decode(entry.objectValue?["octets"]?.stringValue ?? "")))
        }
        #expect(inputs.count >= 26)
        replay(inputs)
    }

    @Test func findsNoFaultInTheAttackCorpus() throws {
        let attacks = try VectorDocument.own("attacks/jwt_attacks.json")
        let tokens = (attacks["cases"]?.arrayValue ?? []).compactMap { $0.objectValue?["token"]?.stringValue }
        let sets = (attacks["jwksets"]?.objectValue?.members ?? []).compactMap(\.value.stringValue)
        let payloads = tokens.compactMap { token -> [UInt8]? in
            let segments = token.split(separator: ".", omittingEmptySubsequences: false)
            return segments.count == 3 ? Base64URL.decode(String(segments[1])) : nil
        }
        #expect(tokens.count == 561)
        #expect(sets.count > 10 && payloads.count > 100)
        replay(tokens.map { Input(target: .token, octets: Array($0.utf8)) })
        replay(sets.map { Input(target: .keyset, octets: Array($0.utf8)) })
        replay(payloads.flatMap { text in [.claims, .json].map { Input(target: $0, octets: text) } })
    }
}
