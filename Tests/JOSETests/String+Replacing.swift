extension String {
    /// The text with another character at one place.
    func replacingCharacter(at place: Index, by character: Character) -> String {
        var copy = self
        copy.replaceSubrange(place...place, with: [character])
        return copy
    }
}
