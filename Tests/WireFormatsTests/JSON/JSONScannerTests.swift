import TestSupport
import Testing
import WireFormats

@Suite struct JSONScannerTests {
    private func text(_ range: Range<Int>, of json: String) -> String {
        String(decoding: Array(json.utf8)[range], as: UTF8.self)
    }

    @Test func notesWhereMembersStand() throws {
        let json = #" {"a" : 12.5 , "\u0062":"x\"y","c":[1,{"a":2}], "d":{"e":null},"f":true,"g":false,"h":null} "#
        var scanner = JSONScanner()
        try scanner.scan(Array(json.utf8).span)
        let members = scanner.members.all
        #expect(members.map { text($0.nameRange, of: json) } == ["a", "\\u0062", "c", "d", "f", "g", "h"])
        #expect(
            members.map { text($0.value, of: json) } == [
                "12.5", #""x\"y""#, #"[1,{"a":2}]"#, #"{"e":null}"#, "true", "false", "null",
            ])
        #expect(members.map(\.kind) == [.number, .string, .array, .object, .true, .false, .null])
        #expect(members.map(\.valueHasEscapes) == [false, true, false, false, false, false, false])
        #expect(members.map(\.name) == ["a", "b", "c", "d", "f", "g", "h"].map { JSONName($0) })
        #expect(members.map(\.nameHasEscapes) == [false, true, false, false, false, false, false])
    }

    @Test func findsNoMemberByANameThatIsNotWhole() throws {
        var scanner = JSONScanner()
        try scanner.scan(Array(#"{"fifteen_letters":1,"sixteen_letters_":2,"sixteen_letters!":3}"#.utf8).span)
        let members = scanner.members
        #expect(members.first(named: JSONName("fifteen_letters")) == members.all[0])
        for name in ["sixteen_letters_", "sixteen_letters!", "sixteen_letters?"] {
            #expect(members.first(named: JSONName(name)) == nil)
        }
    }

    @Test(arguments: [
        ("[]", JSONError.Code.notAnObject, 0), ("", .unexpectedEnd, 0), ("{} x", .trailingBytes, 3),
        (#"{"a":1,"a":2}"#, .duplicateName, 8),
        (#"{"a":{"b":1,"\u0062":2}}"#, .duplicateName, 13), (#"{"a":[01]}"#, .unexpectedByte, 7),
        (#"{"a":"\ud800"}"#, .loneSurrogate, 6),
    ])
    func refusesBadTextAndSaysWhere(json: String, code: JSONError.Code, offset: Int) {
        var scanner = JSONScanner()
        #expect(throws: JSONError(code, at: offset)) { try scanner.scan(Array(json.utf8).span) }
        #expect(scanner.members.all.isEmpty)
    }

    @Test func refusesARepeatedNameOnlyInTextThatIsWellFormed() {
        var scanner = JSONScanner()
        for (json, code) in [
            (#"{"a":1,"a":2}"#, JSONError.Code.duplicateName), (#"{"a":1,"a":2"#, .unexpectedEnd),
            (#"{"a":{"b":1,"b":2},"c":01}"#, .unexpectedByte), (#"{"a":1,"\u0061":2} "#, .duplicateName),
        ] {
            let error = #expect(throws: JSONError.self) { try scanner.scan(Array(json.utf8).span) }
            #expect(error?.code == code)
            let read = #expect(throws: JSONError.self) { try JSONReader.value(Array(json.utf8)) }
            #expect(read?.code == code)
        }
    }

    /// Names around the bounds of what is compared as a number, and more of them than are compared in place.
    @Test(arguments: [1, 14, 15, 16, 17, 40], [2, 31, 32, 33, 34, 70])
    func findsTheRepeatedNameAmongMany(length: Int, count: Int) throws {
        let names = (0..<count).map { number in
            String(repeating: "n", count: length).dropLast(min(2, length))
                + String(number + 10, radix: 36).suffix(length)
        }
        for position in [0, count / 2, count - 1] where Set(names).count == count {
            var scanner = JSONScanner()
            let members = names.map { "\"\($0)\":0" }
            try scanner.scan(Array("{\(members.joined(separator: ","))}".utf8).span)
            #expect(scanner.members.all.count == count)
            let repeated = "{\((members + [members[position]]).joined(separator: ","))}"
            #expect(throws: JSONError.self) { try scanner.scan(Array(repeated.utf8).span) }
        }
    }

    @Test func visitsTheElementsOfOneArray() throws {
        let json = #"{"x":[{"a":1}],"keys":[{"a":1,"b":{"c":2}},7,{},[{"d":1}]],"y":{"keys":[{"z":1}]}}"#
        var scanner = JSONScanner()
        var seen: [String] = []
        let isFound = try scanner.scan(Array(json.utf8).span, elementsOf: JSONName("keys")) { kind, members in
            seen.append("\(kind) \(members.all.map { text($0.nameRange, of: json) })")
        }
        #expect(isFound)
        #expect(seen == [#"object ["a", "b"]"#, "number []", "object []", "array []"])
        #expect(try !scanner.scan(Array(#"{"keys":{}}"#.utf8).span, elementsOf: JSONName("keys")) { _, _ in })
    }

    @Test func startsAfreshAfterAFailure() throws {
        var scanner = JSONScanner()
        #expect(throws: JSONError.self) { try scanner.scan(Array(#"{"a":{"b":[1,"#.utf8).span) }
        try scanner.scan(Array(#"{"a":1,"b":2}"#.utf8).span)
        #expect(scanner.members.all.count == 2)
    }

    /// Texts of names in and out of the order of the text before, repeated, escaped, too long to be whole, or missing.
    @Test func answersAsAFreshOneDoes() {
        let names = ["iss", "aud", "a", "\\u0061", "", "fifteen_letters", "sixteen_letters_", "sixteen_letters!", "é"]
        let values = ["1", #""x""#, #""\n""#, "[1]", #"{"a":1}"#, #"{"a":1,"a":2}"#, "nul"]
        var random = SeededRandom(seed: 7519)
        var used = JSONScanner()
        var shape = names
        var (differences, accepted) = (0, 0)
        for round in 0..<20_000 {
            if round.isMultiple(of: 3) {
                shape = (0..<Int.random(in: 0...7, using: &random)).map { _ in names.randomElement(using: &random)! }
            }
            let colon = ["\":", "\" :", "\": "].randomElement(using: &random)!
            let members = shape.map { "\"\($0)\(colon)\(values[min(Int.random(in: 0...60, using: &random) / 8, 6)])" }
            let comma = [",", ", ", " ,", ",,"][max(0, Int.random(in: -20...3, using: &random))]
            let json = Array("{\(members.joined(separator: comma))}".utf8)
            var fresh = JSONScanner()
            let expected = Result { try fresh.scan(json.span) }
            let answer = Result { try used.scan(json.span) }
            let isSame =
                "\(expected)" == "\(answer)" && fresh.members.all == used.members.all
                && names.allSatisfy {
                    fresh.members.first(named: JSONName($0)) == used.members.first(named: JSONName($0))
                }
            if !isSame { differences += 1 }
            if !used.members.all.isEmpty { accepted += 1 }
        }
        #expect(differences == 0)
        #expect(accepted > 2_000)
    }

    /// Elements are read by the shape of the element before, and of the texts before.
    @Test func visitsEachElementAsTheReaderReadsIt() {
        let names = ["kty", "n", "e", "\\u006e", "", "fifteen_letters", "sixteen_letters_", "sixteen_letters!", "keys"]
        let values = ["1", #""x""#, "[]", #"{"n":1,"keys":[{"n":2}]}"#, #"{"e":1,"e":2}"#]
        var random = SeededRandom(seed: 7517)
        var used = JSONScanner()
        var shape = names
        var (differences, accepted) = (0, 0)
        for _ in 0..<5_000 {
            let elements = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                if Int.random(in: 0..<3, using: &random) == 0 {
                    shape = Array(names.shuffled(using: &random).prefix(.random(in: 0...9, using: &random)))
                }
                if Int.random(in: 0..<40, using: &random) == 0 { shape += shape.prefix(1) }
                let members = shape.map { "\"\($0)\":\(values[Int.random(in: 0...100, using: &random) / 25])" }
                return Int.random(in: 0..<20, using: &random) == 0 ? "[7]" : "{\(members.joined(separator: ","))}"
            }
            let json = Array(#"{"a":[{"n":1}],"keys":[\#(elements.joined(separator: ","))]}"#.utf8)
            let read = (try? JSONReader.object(json)).flatMap { $0["keys"]?.arrayValue }
            var visited: [[String]] = []
            var isFindable = true
            let isScanned = try? used.scan(json.span, elementsOf: JSONName("keys")) { _, members in
                visited.append(members.all.map { "\($0.name)" })
                isFindable =
                    isFindable
                    && members.all.allSatisfy {
                        !$0.name.isWhole || members.first(named: $0.name) == $0
                    }
            }
            let expected = read?.map { $0.objectValue?.members.map { "\(JSONName($0.name))" } ?? [] }
            if let expected { accepted += expected.isEmpty ? 0 : 1 }
            if (isScanned != nil) != (expected != nil) { differences += 1 }
            if let expected, visited != expected || !isFindable { differences += 1 }
        }
        #expect(differences == 0)
        #expect(accepted > 1_000)
    }

    /// What an escape stands for must not pass where nothing may stand unescaped, nor a name's beginning for the name.
    @Test(arguments: [
        (#"{"\u0001":1}"#, "{\"\u{1}\":1}"), (#"{"\"":1}"#, #"{""":1}"#), (#"{"a\\":1}"#, #"{"a\":1}"#),
        (#"{"sixteen_letters_":1}"#, "{\"sixteen_letters\u{0}\":1}"), (#"{"a":1}"#, #"{"a:1}"#),
        (#"{"a":1}"#, #"{"ab:1}"#),
        (#"{"a":1,"b":2}"#, #"{"a":1;"b":2}"#), (#"{"a":1,"b":2}"#, #"{"a":1,"b"}"#), (#"{"a":1}"#, #"{"a":"#),
        (#"{"a":1,"b":2}"#, #"{"a":1,"a":2}"#), (#"{"a":1,"\u0062":2}"#, #"{"a":1,"\u0061":2}"#),
        (#"{"a":1}"#, #"{,"a":1}"#),
    ])
    func refusesAsAFreshOneDoes(before: String, text: String) throws {
        var (used, fresh) = (JSONScanner(), JSONScanner())
        let error = try #require(throws: JSONError.self) { try fresh.scan(Array(text.utf8).span) }
        try used.scan(Array(before.utf8).span)
        #expect(throws: error) { try used.scan(Array(text.utf8).span) }
        #expect(used.members.all.isEmpty)
        try used.scan(Array(before.utf8).span)
        try fresh.scan(Array(before.utf8).span)
        #expect(used.members.all == fresh.members.all)
    }

    @Test func findsMembersBeyondTheNumberOfPlaces() throws {
        let names = (0..<600).map { "n\($0)" }
        var scanner = JSONScanner(limits: JSONLimits(members: 1_000))
        for order in [names, names, names.reversed(), Array(names.prefix(3))] {
            try scanner.scan(Array("{\(order.map { "\"\($0)\":0" }.joined(separator: ","))}".utf8).span)
            for (index, name) in order.enumerated() {
                #expect(scanner.members.first(named: JSONName(name)) == scanner.members.all[index])
            }
            #expect(scanner.members.first(named: JSONName("m")) == nil)
        }
    }

    @Test func agreesWithTheReaderOnMutatedTexts() {
        let original = Array(
            #"{"iss":"https://a.example/","aud":["x","y"],"exp":1.5e9,"\u00e9":{"é":[true,null]},"n":-0}"#.utf8)
        let alphabet = Array(#"{}[]:,"\u0e-.+1ntf "#.utf8) + [0, 0x1F, 0x80, 0xC3, 0xED, 0xFF]
        var random = SeededRandom(seed: 8259)
        var scanner = JSONScanner()
        var (differences, accepted) = (0, 0)
        for _ in 0..<50_000 {
            var text = original
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                text[Int.random(in: text.indices, using: &random)] =
                    alphabet[Int.random(in: alphabet.indices, using: &random)]
            }
            let object = try? JSONReader.object(text)
            let isScanned = (try? scanner.scan(text.span)) != nil
            if object != nil { accepted += 1 }
            if isScanned != (object != nil) || scanner.members.all.count != object?.count ?? 0 { differences += 1 }
        }
        #expect(differences == 0)
        #expect(accepted > 5_000)
    }
}
