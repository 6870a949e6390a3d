extension UnixTime {
    /// Date and time of day in UTC, such as `2026-11-22 17:40:05 UTC`; outside the years 0001…9999 the plain number,
    /// such as `253402300800 s`.
    ///
    /// A provider may write any number where a time belongs: every one has a text.
    public var utcText: String {
        guard (-62_135_596_800...253_402_300_799).contains(seconds) else { return "\(seconds) s" }
        let (year, month, day) = Self.date(ofDay: (seconds - secondOfDay) / 86_400)
        return
            "\(Self.digits(year, width: 4))-\(Self.digits(month, width: 2))-\(Self.digits(day, width: 2)) \(utcTimeOfDay) UTC"
    }

    /// The time of day in UTC, such as `17:40:05`.
    public var utcTimeOfDay: String {
        let second = secondOfDay
        return
            "\(Self.digits(second / 3600, width: 2)):\(Self.digits(second / 60 % 60, width: 2)):\(Self.digits(second % 60, width: 2))"
    }

    /// Seconds since the last midnight, also before the epoch.
    private var secondOfDay: Int64 {
        let rest = seconds % 86_400
        return rest < 0 ? rest + 86_400 : rest
    }

    /// The date of a day counted from 1970-01-01, within the years 1…9999. Years are counted from March on, so that the
    /// day that is not always there comes last.
    private static func date(ofDay number: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let days = number + 719_468  // since 0000-03-01
        let (era, dayOfEra) = days.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }

    private static func digits(_ number: Int64, width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(width - text.utf8.count, 0)) + text
    }
}
