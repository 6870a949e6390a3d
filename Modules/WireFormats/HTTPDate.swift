/// The one date form HTTP senders may write, IMF-fixdate (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// Times are seconds since 1970-01-01T00:00:00Z, years 1 to 9999.
package enum HTTPDate {
    private static let secondsPerDay = 86_400
    private static let range = -62_135_596_800...253_402_300_799
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

    /// The text of a time, or nil when its year has not four digits.
    package static func text(unixSeconds: Int) -> String? {
        guard range.contains(unixSeconds) else { return nil }
        let dayNumber = (unixSeconds - range.lowerBound) / secondsPerDay
        let second = (unixSeconds - range.lowerBound) % secondsPerDay
        let (year, month, day) = date(ofDayNumber: dayNumber)
        let clock = "\(digits(second / 3600)):\(digits(second / 60 % 60)):\(digits(second % 60))"
        return "\(weekdays[dayNumber % 7]), \(digits(day)) \(months[month]) \(digits(year, count: 4)) \(clock) GMT"
    }

    /// The time of an IMF-fixdate, or nil for any other text, an impossible date or a wrong weekday.
    package static func unixSeconds(_ text: some StringProtocol) -> Int? {
        let bytes = Array(text.utf8.prefix(30))
        guard bytes.count == 29, matchesPunctuation(bytes) else { return nil }
        guard let day = number(bytes[5..<7]), let year = number(bytes[12..<16]), let hour = number(bytes[17..<19]),
            let minute = number(bytes[20..<22]), let second = number(bytes[23..<25])
        else { return nil }
        guard let month = months.firstIndex(where: { $0.utf8.elementsEqual(bytes[8..<11]) }) else { return nil }
        // A leap second is allowed by the grammar and counts as the second after it.
        guard hour < 24, minute < 60, second <= 60, let dayNumber = dayNumber(year: year, month: month, day: day)
        else { return nil }
        guard weekdays[dayNumber % 7].utf8.elementsEqual(bytes[0..<3]) else { return nil }
        return range.lowerBound + dayNumber * secondsPerDay + hour * 3600 + minute * 60 + second
    }

    private static func matchesPunctuation(_ bytes: [UInt8]) -> Bool {
        let pattern = Array("___, __ ___ ____ __:__:__ GMT".utf8)
        return zip(bytes, pattern).allSatisfy { byte, expected in expected == UInt8(ascii: "_") || byte == expected }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy(\.isASCIIDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func digits(_ number: Int, count: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    /// Days before the first of a zero-based month, counted from the first of January of that year.
    private static func daysBefore(month: Int, in year: Int) -> Int {
        daysBeforeMonth[month] + (month > 1 && isLeap(year) ? 1 : 0)
    }

    /// Days before a year, counted from 0001-01-01, a Monday.
    private static func daysBefore(year: Int) -> Int {
        let past = year - 1
        return past * 365 + past / 4 - past / 100 + past / 400
    }

    private static func dayNumber(year: Int, month: Int, day: Int) -> Int? {
        let monthLength = daysBefore(month: month + 1, in: year) - daysBefore(month: month, in: year)
        guard year >= 1, day >= 1, day <= monthLength else { return nil }
        return daysBefore(year: year) + daysBefore(month: month, in: year) + day - 1
    }

    private static func date(ofDayNumber number: Int) -> (year: Int, month: Int, day: Int) {
        // 400 years have 146,097 days: the estimate is never too late and at most a year early.
        var year = max(1, number * 400 / 146_097)
        while daysBefore(year: year + 1) <= number { year += 1 }
        let dayOfYear = number - daysBefore(year: year)
        var month = 0
        while daysBefore(month: month + 1, in: year) <= dayOfYear { month += 1 }
        return (year, month, dayOfYear - daysBefore(month: month, in: year) + 1)
    }
}
