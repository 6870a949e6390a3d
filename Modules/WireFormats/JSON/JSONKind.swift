/// What a JSON value is, seen from outside.
@usableFromInline
package enum JSONKind: Sendable, Hashable {
    case null, `true`, `false`, number, string, array, object
}
