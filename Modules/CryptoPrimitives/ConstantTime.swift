import CLibcrypto

/// Comparisons whose duration does not depend on where two secrets differ.
package enum ConstantTime {
    /// Whether `a` and `b` hold the same octets. Their lengths are compared first and are not hidden.
    package static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool { equal(a.span, b.span) }

    /// Whether `a` and `b` hold the same octets. Their lengths are compared first and are not hidden.
    package static func equal(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        guard !a.isEmpty else { return true }
        return unsafe a.withUnsafeBufferPointer { left in
            unsafe b.withUnsafeBufferPointer { unsafe CRYPTO_memcmp(left.baseAddress, $0.baseAddress, left.count) == 0 }
        }
    }
}
