/// The octets that a text of hexadecimal digits spells; everything else in it is ignored.
package func octets(hex: String) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(hex.utf8.count / 2)
    var high: UInt8?
    for character in hex.utf8 {
        guard let digit = digit(character) else { continue }
        if let first = high { octets.append(first << 4 | digit) }
        high = high == nil ? digit : nil
    }
    return octets
}

private func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x41...0x46: character - 0x37
    case 0x61...0x66: character - 0x57
    default: nil
    }
}
