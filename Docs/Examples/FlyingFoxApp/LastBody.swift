import FlyingSocks

/// The last body of a connection: it ends with an error, after which FlyingFox closes the connection. A handler has no other
/// way to make it do so.
struct LastBody: AsyncBufferedSequence {
    typealias Element = UInt8

    struct End: Error {}

    struct AsyncIterator: AsyncBufferedIteratorProtocol {
        fileprivate var rest: ArraySlice<UInt8>

        mutating func next() async throws -> UInt8? {
            guard let octet = rest.popFirst() else { throw End() }
            return octet
        }

        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
            guard !rest.isEmpty else { throw End() }
            defer { rest = [] }
            return rest
        }
    }

    let octets: [UInt8]

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: octets[...]) }
}
