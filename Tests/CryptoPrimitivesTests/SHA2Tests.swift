import CryptoPrimitives
import Testing

@Suite struct SHA2Tests {
    static let digests: [(size: SHA2.Size, message: String, hex: String)] = [
        (.bits256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (.bits256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .bits384, "abc",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        ),
        (
            .bits512, "abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
    ]

    @Test(arguments: digests)
    func hashesTheExamplesOfTheStandard(size: SHA2.Size, message: String, hex: String) throws {
        #expect(try SHA2.hash(Array(message.utf8), size: size) == bytes(hex: hex))
        // A second time on the kept context.
        #expect(try SHA2.hash(Array(message.utf8).span, size: size) == bytes(hex: hex))
    }

    @Test func sha256IsTheSameFunction() throws {
        let message = [UInt8](repeating: 0x61, count: 1_000_003)
        #expect(try SHA2.sha256(message) == SHA2.hash(message, size: .bits256))
    }

    @Test func hashesConcurrentlyWithoutMixingMessages() async throws {
        let expected = SHA2.sha256([7])
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<16 {
                group.addTask {
                    let message = [UInt8(7 + task % 2)]
                    return (0..<500).allSatisfy { _ in (message == [7]) == (SHA2.sha256(message) == expected) }
                }
            }
            for await agreed in group { #expect(agreed) }
        }
    }
}
