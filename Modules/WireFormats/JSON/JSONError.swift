/// Why a text is not acceptable JSON, and at which octet. Never contains text of the input.
package struct JSONError: Error, Sendable, Hashable {
    package enum Code: Sendable, Hashable {
        case byteOrderMark
        case unexpectedEnd
        case unexpectedByte
        case trailingBytes
        case invalidUTF8
        case controlCharacter
        case invalidEscape
        case loneSurrogate
        case malformedNumber
        case duplicateName
        case notAnObject
        case tooLong
        case tooDeep
        case tooManyMembers
        case tooManyElements
    }

    package var code: Code
    /// Counted in octets from the start of the text.
    package var offset: Int

    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}
