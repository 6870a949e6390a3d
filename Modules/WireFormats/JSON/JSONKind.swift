/// What a JSON value is, seen from outside.
package enum JSONKind: Sendable, Hashable {
    case null, `true`, `false`, number, string, array, object
}
