import DevAuthServer
import OAuthTypes
import WireFormats

/// Reads values of the file and collects every fault, each with its path.
struct FileReader {
    private(set) var faults: [SettingFault] = []

    mutating func note(_ path: String, _ problem: String, fix: String) {
        faults.append(.file(path, problem, fix: fix))
    }

    /// The members of an object, which `kind` of ``FileFormat`` describes.
    mutating func members(_ place: Place, as kind: String) -> Members? {
        guard let object = place.value.objectValue else {
            note(place.path.isEmpty ? "the file" : place.path, "it is not an object", fix: "Write { … }.")
            return nil
        }
        let members = Members(path: place.path, object: object)
        let known = FileFormat.names(in: kind)
        for name in members.names where !known.contains(name) {
            note(
                members.path(of: name.shown), "there is no such setting",
                fix: "Known here: \(known.joined(separator: ", ")).")
        }
        return members
    }

    /// The elements of a list; none if it is absent.
    mutating func list(_ place: Place?) -> [Place] {
        guard let place else { return [] }
        guard let elements = place.elements else {
            note(place.path, "it is not a list", fix: "Write [ … ].")
            return []
        }
        return elements
    }

    /// A text that is not empty; nil if it is absent.
    mutating func text(_ place: Place?) -> String? {
        guard let place else { return nil }
        guard let text = place.value.stringValue, !text.isEmpty else {
            note(place.path, "it is not a text, or an empty one", fix: "Write a text between double quotes.")
            return nil
        }
        return text
    }

    mutating func requiredText(_ name: String, of members: Members) -> String? {
        guard let place = members[name] else {
            note(members.path(of: name), "it is missing", fix: "Add \"\(name)\".")
            return nil
        }
        return text(place)
    }

    mutating func bool(_ place: Place?) -> Bool? {
        guard let place else { return nil }
        guard let value = place.value.boolValue else {
            note(place.path, "it is neither true nor false", fix: "Write true or false.")
            return nil
        }
        return value
    }

    mutating func number(_ place: Place?, in range: ClosedRange<Int>, of what: String) -> Int? {
        guard let place else { return nil }
        guard let number = place.value.intValue, range.contains(number) else {
            note(
                place.path, "it is not a number of \(what)",
                fix: "Write a number from \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return number
    }

    /// The value that `make` takes from a text; its error becomes the fault.
    mutating func value<Value, Failure: Error>(
        _ place: Place?, fix: String, _ make: (String) throws(Failure) -> Value
    ) -> Value? {
        guard let place, let text = text(place) else { return nil }
        do { return try make(text) } catch {
            note(place.path, "\(error)", fix: fix)
            return nil
        }
    }

    /// URLs of apps, which are on loopback.
    mutating func loopbackURLs(_ place: Place?) -> [EndpointURL] {
        list(place).compactMap { element in
            let fix = "Write an absolute URL such as http://localhost:8080/callback."
            let url = value(element, fix: fix) { text throws(IdentifierError) in
                try EndpointURL(text, allowing: .loopback)
            }
            guard let url, !url.origin.isLoopback else { return url }
            note(element.path, "its host is not loopback", fix: fix)
            return nil
        }
    }
}
