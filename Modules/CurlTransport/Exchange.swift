import OAuthTypes
import Synchronization

/// One call of `send` as its caller sees it: what to do within which bounds, and whether the answer is still wanted.
final class Exchange: Sendable {
    typealias Outcome = Result<TransportResponse, TransportError>

    let request: TransportRequest
    let limits: TransportLimits
    private let cancelled = Atomic(false)

    init(request: TransportRequest, limits: TransportLimits) {
        self.request = request
        self.limits = limits
    }

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }
}
