import Testing
import WireFormats

/// Claims as an app's own types.
@Suite struct JSONDecodingTests {
    struct Account: Decodable, Equatable {
        struct Address: Decodable, Equatable {
            var city: String
            var code: UInt16?
        }

        enum Plan: String, Decodable { case free, paid }

        var id: Int
        var name: String?
        var isAdmin: Bool
        var score: Double
        var plan: Plan
        var tags: [String]
        var address: Address
        var limits: [String: Int8]
        var history: [[Address]]
    }

    private func decode<T: Decodable>(_ type: T.Type, from text: String) throws -> T {
        try JSONDecoding(JSONReader.value(Array(text.utf8))).decode(as: type)
    }

    @Test func decodesObjectsArraysAndOptionals() throws {
        let account = try decode(
            Account.self,
            from: """
                {"id": 7, "name": null, "isAdmin": true, "score": 1.5e1, "plan": "paid", "tags": ["a", "b"], "more": {},
                 "address": {"city": "Brno"}, "limits": {"x": -128}, "history": [[], [{"city": "Graz", "code": 8010}]]}
                """)
        let graz = Account.Address(city: "Graz", code: 8010)
        #expect(
            account
                == Account(
                    id: 7, name: nil, isAdmin: true, score: 15, plan: .paid, tags: ["a", "b"],
                    address: .init(city: "Brno", code: nil), limits: ["x": -128], history: [[], [graz]]))
    }

    @Test(arguments: [
        ("127", 127), ("-128", -128), ("1e2", 100), ("5.0", 5), ("128", nil), ("1.5", nil), ("1e400", nil),
    ])
    func anIntegerIsExactOrRefused(text: String, expected: Int8?) {
        #expect((try? decode(Int8.self, from: text)) == expected)
    }

    @Test(arguments: ["-1", "18446744073709551616", "1e999999999999"])
    func aNumberOutOfRangeThrowsForEachUnsignedType(text: String) {
        for type: any Decodable.Type in [UInt.self, UInt8.self, UInt16.self, UInt32.self, UInt64.self] {
            #expect(throws: DecodingError.self) { _ = try decode(type, from: text) }
        }
    }

    @Test func aFloatingPointNumberIsFinite() throws {
        #expect(try decode(Double.self, from: "1e300") == 1e300)
        #expect(throws: DecodingError.self) { try decode(Float.self, from: "1e300") }
        #expect(throws: DecodingError.self) { try decode(Double.self, from: "1e400") }
    }

    @Test func aMissingMemberIsNamedWithItsPlace() throws {
        let error = try #require(throws: DecodingError.self) {
            try decode([String: [Account.Address]].self, from: #"{"homes": [{"city": "A"}, {"code": 1}]}"#)
        }
        guard case .keyNotFound(let key, let context) = error else { throw error }
        #expect(key.stringValue == "city")
        #expect(context.codingPath.map(\.stringValue) == ["homes", "Index 1"])
    }

    @Test(arguments: [#""secret""#, "true", "[1]", #"{"a": 1}"#, "1.5"])
    func nothingIsConvertedBetweenKindsAndNoErrorQuotesTheValue(text: String) throws {
        let error = try #require(throws: DecodingError.self) { try decode([Int].self, from: "[\(text)]") }
        #expect(!"\(error)".contains("secret"))
        #expect(throws: DecodingError.self) { try decode(Account.Address.self, from: text) }
        if text != "true" { #expect(throws: DecodingError.self) { try decode(Bool.self, from: text) } }
    }

    @Test func nullIsNoValueAndNoText() throws {
        #expect(try decode(String?.self, from: "null") == nil)
        let error = try #require(throws: DecodingError.self) { try decode(String.self, from: "null") }
        guard case .valueNotFound = error else { throw error }
        #expect(try decode([Int?].self, from: "[1, null, 2]") == [1, nil, 2])
    }

    @Test func anArrayThatEndsTooEarlyThrows() {
        struct Pair: Decodable {
            init(from decoder: any Decoder) throws {
                var elements = try decoder.unkeyedContainer()
                _ = try elements.decode(Int.self)
                _ = try elements.decode(Int.self)
            }
        }
        #expect(throws: Never.self) { try decode(Pair.self, from: "[1, 2]") }
        #expect(throws: DecodingError.self) { try decode(Pair.self, from: "[1]") }
    }

    @Test func nestedContainersAndSuperDecodersReadTheirPart() throws {
        class Base: Decodable { let id: Int }
        final class Sub: Base {
            enum Key: CodingKey { case names, deep, base, x }
            let sum: Int
            required init(from decoder: any Decoder) throws {
                let all = try decoder.container(keyedBy: Key.self)
                var names = try all.nestedUnkeyedContainer(forKey: .names)
                var inner = try names.nestedUnkeyedContainer()
                let object = try names.nestedContainer(keyedBy: Key.self)
                let deep = try all.nestedContainer(keyedBy: Key.self, forKey: .deep)
                sum =
                    try inner.decode(Int.self) + object.decode(Int.self, forKey: .x) + deep.decode(Int.self, forKey: .x)
                try super.init(from: all.superDecoder(forKey: .base))
            }
        }
        let sub = try decode(Sub.self, from: #"{"names": [[1], {"x": 2}], "deep": {"x": 4}, "base": {"id": 9}}"#)
        #expect(sub.sum == 7)
        #expect(sub.id == 9)
    }
}
