/// The first line of a response, `HTTP/1.x NNN reason` (RFC 9112 §4). The reason phrase is not kept.
struct StatusLine {
    let minorVersion: UInt8
    let status: Int

    init(minorVersion: UInt8, status: Int) {
        self.minorVersion = minorVersion
        self.status = status
    }

    /// Nil unless the version is 1.0 or 1.1 and the status has three digits and is in 100…599.
    init?(_ line: ArraySlice<UInt8>) {
        let start = Array("HTTP/1.".utf8)
        guard line.starts(with: start) else { return nil }
        let rest = Array(line.dropFirst(start.count))
        guard rest.count >= 5, rest[0] == UInt8(ascii: "0") || rest[0] == UInt8(ascii: "1") else { return nil }
        guard rest[1] == UInt8(ascii: " "), rest.count == 5 || rest[5] == UInt8(ascii: " ") else { return nil }
        guard let status = Int(digits: rest[2..<5]), (100...599).contains(status) else { return nil }
        minorVersion = rest[0] - UInt8(ascii: "0")
        self.status = status
    }
}

extension Int {
    /// Reads decimal digits and nothing else; nil when there is none or the number is too large.
    init?(digits: some Collection<UInt8>) {
        guard !digits.isEmpty else { return nil }
        var number = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            let (tenfold, overflows) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = tenfold.addingReportingOverflow(Int(digit) - 0x30)
            guard !overflows, !overflowsToo else { return nil }
            number = sum
        }
        self = number
    }
}
