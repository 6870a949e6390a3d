import LoginFlow
import OAuthTypes
import Testing

/// Whom a request comes from is read from what the app's own proxies wrote, and from nothing else.
@Suite struct ClientAddressTests {
    @Test(arguments: [
        ("1.2.3.4", "1.2.3.4"), (" 1.2.3.4 ", "1.2.3.4"), ("1.2.3.4:5678", "1.2.3.4"), ("::ffff:1.2.3.4", "1.2.3.4"),
        ("2001:db8::1", "2001:db8:0:0::/64"), ("2001:DB8:0:0:1:2:3:4", "2001:db8:0:0::/64"),
        ("[2001:db8::1]:443", "2001:db8:0:0::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"), ("::", "0:0:0:0::/64"),
        ("::1", "0:0:0:0::/64"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4::/64"),
    ]) func readsAddresses(text: String, expected: String) {
        #expect(ClientAddress(text)?.description == expected)
    }

    @Test(arguments: [
        "", "unknown", "_hidden", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1..3.4", "+1.2.3.4", "a.b.c.d", "1:2", "1::2::3",
        ":::", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "+1::", "-1::", "\u{0661}.2.3.4",
        String(repeating: "1", count: 100_000), String(repeating: ":", count: 100_000),
    ]) func anythingElseIsNone(text: String) { #expect(ClientAddress(text) == nil) }

    @Test(
        arguments: [
            (["9.9.9.9"], 0, "1.1.1.1"), (["9.9.9.9"], 1, "9.9.9.9"), (["6.6.6.6, 9.9.9.9"], 1, "9.9.9.9"),
            (["6.6.6.6, 9.9.9.9"], 2, "6.6.6.6"), (["6.6.6.6", "9.9.9.9"], 1, "9.9.9.9"), ([], 1, nil),
            (["unknown"], 1, nil), (["9.9.9.9,"], 1, "9.9.9.9"), (["9.9.9.9"], -1, nil), (["9.9.9.9"], .max, nil),
        ] as [([String], Int, String?)])
    func countsProxiesFromTheRight(forwarded: [String], proxies: Int, expected: String?) {
        let fields = forwarded.compactMap { HeaderField("X-Forwarded-For", $0) }
        #expect(ClientAddress(peer: "1.1.1.1", fields: fields, proxies: proxies)?.description == expected)
    }
}
