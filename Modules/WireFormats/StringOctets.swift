extension String {
    /// Calls `body` with the text's UTF-8 octets, in place where the system allows it.
    @inlinable
    package func withOctets<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) else {
            return try body(Array(utf8).span)
        }
        return try body(utf8.span)
    }
}
