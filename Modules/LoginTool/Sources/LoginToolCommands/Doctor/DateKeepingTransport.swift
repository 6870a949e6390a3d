import OAuthTypes
import Synchronization

/// Sends requests, and measures by the `Date` of each response how far the provider's clock is ahead of this one.
final class DateKeepingTransport: HTTPTransport {
    private let transport: any HTTPTransport
    private let clock: WallClock
    private let kept = Mutex<[Int64]>([])

    init(_ transport: any HTTPTransport, clock: WallClock) {
        self.transport = transport
        self.clock = clock
    }

    /// How many seconds the provider's clock is ahead; negative if it is behind. Of several measurements the smallest.
    /// Nil if no response had a date.
    var secondsAhead: Int64? { kept.withLock { $0.min { $0.magnitude < $1.magnitude } } }

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        let before = clock.now
        let response = try await transport.send(request, within: limits)
        measure(response.fields, sentAt: before, arrivedAt: clock.now)
        return response
    }

    // A date between sending and arriving is right. A response from a cache has an old date, and says so (RFC 9111 §5.1).
    private func measure(_ fields: [HeaderField], sentAt before: UnixTime, arrivedAt after: UnixTime) {
        guard let date = fields.onlyValue(named: "Date").flatMap(HTTPDateText.time),
            fields.values(named: "Age").allSatisfy({ $0 == "0" })
        else { return }
        let afterArrival = date.duration(since: after).components.seconds
        let beforeSending = date.duration(since: before).components.seconds
        let ahead = afterArrival > 0 ? afterArrival : min(beforeSending, 0)
        kept.withLock { if $0.count < 16 { $0.append(ahead) } }
    }
}

/// The form of dates that HTTP senders write (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDateText {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The time; nil for any other text.
    static func time(_ text: String) -> UnixTime? {
        let parts = text.utf8.prefix(30).split(separator: 0x20, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard text.utf8.count == 29, parts.count == 6, parts[5] == "GMT",
            let day = number(parts[1], digits: 2), let year = number(parts[3], digits: 4), year >= 1970,
            let month = months.firstIndex(of: parts[2]), (1...31).contains(day)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false).map {
            number(String($0), digits: 2)
        }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2], hour < 24,
            minute < 60, second <= 60
        else { return nil }
        let days = dayNumber(year: year, month: Int64(month) + 1, day: day)
        return UnixTime(seconds: days * 86_400 + hour * 3600 + minute * 60 + second)
    }

    private static func number(_ text: String, digits: Int) -> Int64? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }

    // Days since 1970-01-01. Years begin in March here, so that the leap day is the last one.
    private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
