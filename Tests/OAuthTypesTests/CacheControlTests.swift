import OAuthTypes
import Testing

struct CacheControlTests {
    private func maxAge(_ values: [String], age: [String] = []) -> Int64? {
        CacheControl.maxAge(
            values.compactMap { HeaderField("Cache-Control", $0) } + age.compactMap { HeaderField("Age", $0) })
    }

    @Test(arguments: [
        ("max-age=600", 600), ("MAX-AGE=600", 600), ("public, max-age=600, must-revalidate", 600),
        ("max-age=\"600\"", 600),
        ("private=\"a, max-age=1\", max-age=600", 600), ("private=\"\\\",max-age=1\", max-age=600", 600),
        (" max-age = 600 ", 600), ("max-age=600,max-age=300", 300), ("max-age=99999999999999999999", 2_147_483_648),
        ("max-age=0", 0), ("no-store", 0), ("no-cache, max-age=600", 0), ("no-cache=\"set-cookie\", max-age=600", 600),
    ])
    func readsTheAge(_ value: String, expected: Int64) {
        #expect(maxAge([value]) == expected)
    }

    @Test(arguments: [
        "", "public", "max-age", "max-age=", "max-age=-1", "max-age=1.5", "max-age=x", "s-maxage=600", ",,,", "\"",
    ])
    func findsNoAgeWhereThereIsNone(_ value: String) {
        #expect(maxAge([value]) == nil)
    }

    @Test func readsEveryField() {
        #expect(maxAge(["public", "max-age=600"]) == 600)
        #expect(maxAge(["max-age=600", "no-store"]) == 0)
        #expect(maxAge([]) == nil)
    }

    @Test(arguments: [("100", 500), ("600", 0), ("99999999999999999999", 0), ("x", 600), ("-1", 600)])
    func subtractsTheTimeSpentInCaches(_ age: String, expected: Int64) {
        #expect(maxAge(["max-age=600"], age: [age]) == expected)
    }
}
