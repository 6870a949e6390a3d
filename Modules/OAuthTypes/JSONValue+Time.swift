package import WireFormats

extension JSONValue {
    /// The time as whole seconds, as `exp` and `iat` have it (RFC 7519 §2, NumericDate).
    package static func time(_ time: UnixTime) -> JSONValue { .number(JSONNumber(Int(clamping: time.seconds))) }

    /// The time that a number of whole seconds stands for; nil for anything else.
    package var timeValue: UnixTime? { intValue.map { UnixTime(seconds: Int64($0)) } }
}
