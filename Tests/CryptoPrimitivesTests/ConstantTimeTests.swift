import CryptoPrimitives
import Testing

@Suite struct ConstantTimeTests {
    @Test func comparesEveryOctetAndTheLength() {
        let octets: [UInt8] = Array(0..<67)
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal(octets, Array(0..<67)))
        #expect(!ConstantTime.equal(octets, Array(octets.dropLast())))
        for index in octets.indices {
            var changed = octets
            changed[index] ^= 0x80
            #expect(!ConstantTime.equal(octets, changed))
        }
    }
}
