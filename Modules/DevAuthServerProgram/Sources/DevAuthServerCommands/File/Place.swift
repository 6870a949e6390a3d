import WireFormats

/// A value of the file and the path that leads to it, such as `clients[1].redirect_uris[0]`.
struct Place {
    let path: String
    let value: JSONValue

    /// The elements of a list; nil if it is none.
    var elements: [Place]? {
        value.arrayValue?.enumerated().map { Place(path: "\(path)[\($0.offset)]", value: $0.element) }
    }
}

/// The members of an object of the file.
struct Members {
    let path: String
    private let object: JSONObject

    init(path: String, object: JSONObject) {
        self.path = path
        self.object = object
    }

    var names: [String] { object.members.map(\.name) }

    func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    subscript(name: String) -> Place? { object[name].map { Place(path: path(of: name), value: $0) } }
}
