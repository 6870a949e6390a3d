import OAuthTypes
import TestSupport
import Testing
import WireFormats

@Suite struct EndpointURLTests {
    @Test func keepsItsTextAndSplitsIt() throws {
        let url = try EndpointURL("https://Login.Example:8443/a//../b?x=%31&y")
        #expect(url.text == "https://Login.Example:8443/a//../b?x=%31&y")
        #expect(url.origin.description == "https://login.example:8443")
        #expect(url.path == "/a//../b")
        #expect(url.query == "x=%31&y")
    }

    @Test func leavesAbsentPartsAbsent() throws {
        let url = try EndpointURL("https://a.example")
        #expect(url.path.isEmpty)
        #expect(url.query == nil)
        #expect(try EndpointURL("https://a.example?").query == "")
        #expect(try EndpointURL("https://a.example?x=://@").path.isEmpty)
    }

    static let hostile: [(String, IdentifierError.URLRule)] = [
        ("", .characters), (" https://a.example", .characters), ("https://a.example/ ", .characters),
        ("https://a.example\\@b.example", .characters), ("https://a.example\r\nX: y", .characters),
        ("https://a.example/\0", .characters), ("https://a.example/\t", .characters),
        ("https://\u{430}pple.example", .characters), ("https://a.example\u{FF0F}b", .characters),
        ("https://a\u{3002}example", .characters), ("https://a.example/<x>", .characters),
        ("https://a.example/{x}", .characters), ("https://a.example/\u{7F}", .characters),
        ("https://u@a.example", .userInformation), ("https://u:p@a.example", .userInformation),
        ("https://a.example@evil.example/", .userInformation), ("https://@a.example", .userInformation),
        ("https://a.example:443@evil.example", .userInformation),
        ("https://a.example#", .fragment), ("https://a.example/x#y", .fragment), ("#", .fragment),
        ("a.example", .scheme), ("//a.example", .scheme), ("https:a.example", .scheme), ("https:/a.example", .scheme),
        ("ftp://a.example", .scheme), ("httpss://a.example", .scheme), ("javascript://a.example/%0aalert(1)", .scheme),
        ("https:https://a.example", .scheme), ("://a.example", .scheme), ("http://a.example", .scheme),
        ("https://", .host), ("https:///x", .host), ("https://?x", .host), ("https://:443", .host),
        ("https://.a.example", .host), ("https://a..example", .host), ("https://a.example.", .host),
        ("https://%61.example", .host), ("https://a_b.example,c", .host), ("https://a;b", .host),
        ("https://[::1", .host), ("https://[]", .host), ("https://[::1]x", .host), ("https://[1::2::3]", .host),
        ("https://[::1%25eth0]", .host), ("https://[:]", .host), ("https://[:::]", .host), ("https://[1:2]", .host),
        ("https://[1:2:3:4:5:6:7:8:9]", .host), ("https://[12345::]", .host), ("https://[::1.2.3.256]", .host),
        ("https://[v1.x]", .host), ("https://[1.2.3.4]", .host), ("https://[::1.2.3.4:5]", .host),
        ("https://::1/", .host), ("https://127.1", .host), ("https://2130706433", .host), ("https://0x7f000001", .host),
        ("https://127.0.0.0x1", .host), ("https://0177.0.0.1", .host), ("https://1.2.3.4.5", .host),
        ("https://127.0.0.256", .host), ("https://a.1", .host),
        ("https://a.example:0", .port), ("https://a.example:65536", .port), ("https://a.example:99999999999", .port),
        ("https://a.example:+80", .port), ("https://a.example:80:80", .port), ("https://a.example:x", .port),
        ("https://[::1]:0", .port),
    ]

    @Test(arguments: hostile)
    func refusesHostileText(_ text: String, reason: IdentifierError.URLRule) {
        #expect(throws: IdentifierError.url(reason)) { try EndpointURL(text) }
        let withLoopback = Result { try EndpointURL(text, allowing: .loopback) }
        #expect(throws: IdentifierError.self) { try withLoopback.get() }
    }

    @Test(arguments: [
        "https://[::]", "https://[::1]:8443/x", "https://[1:2:3:4:5:6:7:8]", "https://[2001:DB8::1]", "https://[1::]",
        "https://[::ffff:1.2.3.4]", "https://[1:2:3:4:5:6:1.2.3.4]", "https://1.2.3.4", "https://a",
        "https://xn--e1afmkfd.example", "https://a.example:65535", "https://a.example:", "HTTPS://a.example",
    ])
    func acceptsEveryFormOfHost(_ text: String) throws {
        #expect(try EndpointURL(text).text == text)
    }

    @Test func holdsTheBoundOfItsLength() throws {
        let base = "https://a.example/"
        let filled = base + String(repeating: "x", count: 2048 - base.utf8.count)
        #expect(try EndpointURL(filled).text.utf8.count == 2048)
        #expect(throws: IdentifierError.url(.characters)) { try EndpointURL(filled + "x") }
        #expect(throws: IdentifierError.url(.characters)) { try EndpointURL(String(repeating: "x", count: 1_000_000)) }
    }

    @Test(arguments: [
        "http://localhost", "http://LOCALHOST:3000/x", "http://127.0.0.1:3001", "http://127.255.255.254",
        "http://[::1]:1",
    ])
    func acceptsPlaintextForLoopbackOnlyWhenAsked(_ text: String) throws {
        #expect(try EndpointURL(text, allowing: .loopback).origin.isLoopback)
        #expect(throws: IdentifierError.url(.scheme)) { try EndpointURL(text) }
    }

    @Test(arguments: [
        "http://localhost.evil.example", "http://127.0.0.1.evil.example", "http://128.0.0.1", "http://0.0.0.0",
        "http://[::]", "http://[::ffff:127.0.0.1]", "http://localhost.localdomain", "http://evil.example/localhost",
        "http://evil.example?localhost", "http://l0calhost", "http://127-0-0-1.example",
    ])
    func refusesPlaintextForLookAlikes(_ text: String) {
        #expect(throws: IdentifierError.url(.scheme)) { try EndpointURL(text, allowing: .loopback) }
    }

    @Test func comparesText() throws {
        #expect(try EndpointURL("https://a.example") != EndpointURL("https://a.example/"))
        #expect(try EndpointURL("https://a.example/%41") != EndpointURL("https://a.example/A"))
        #expect(try EndpointURL("https://A.example").origin == EndpointURL("https://a.example:443/x").origin)
        #expect(try EndpointURL("https://a.example:444").origin != EndpointURL("https://a.example").origin)
    }

    @Test(arguments: [
        ("https://a.example/p", "https://a.example/p?a%26b=c%20%3D%23"),
        ("https://a.example/p?", "https://a.example/p?a%26b=c%20%3D%23"),
        ("https://a.example/p?x=1", "https://a.example/p?x=1&a%26b=c%20%3D%23"),
    ])
    func addsFieldsToItsQuery(_ base: String, expected: String) throws {
        let url = try EndpointURL(base)
        #expect(url.addingQuery([FormField(name: "a&b", value: "c =#")]) == expected)
        #expect(url.addingQuery([]) == base)
    }

    @Test(arguments: [
        ("https://a.example/p", "https://a.example/p?prompt=login"),
        ("https://a.example/p?", "https://a.example/p?prompt=login"),
        ("https://a.example/p?x=%2F&y", "https://a.example/p?x=%2F&y&prompt=login"),
        ("https://a.example/p?prompt=none", "https://a.example/p?prompt=login"),
        ("https://a.example/p?x=1&%70rompt=a&y=2&prompt=b", "https://a.example/p?x=1&y=2&prompt=login"),
        ("https://a.example/p?Prompt=a&prompt2=b&%zz=c", "https://a.example/p?Prompt=a&prompt2=b&%zz=c&prompt=login"),
    ])
    func setsFieldsInItsQuery(_ base: String, expected: String) throws {
        let url = try EndpointURL(base)
        #expect(url.settingQuery([FormField(name: "prompt", value: "login")]) == expected)
        #expect(url.settingQuery([]) == base)
    }

    @Test func neverTrapsOnRandomText() {
        var random = SeededRandom(seed: 11)
        let alphabet = Array("https://[]:.@?#%\\a1\u{E9}\n".utf8)
        for _ in 0..<20_000 {
            let tail = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let text = "https://" + String(decoding: tail, as: UTF8.self)
            if let url = try? EndpointURL(text) { #expect(url.text.utf8.elementsEqual(text.utf8)) }
        }
    }
}
