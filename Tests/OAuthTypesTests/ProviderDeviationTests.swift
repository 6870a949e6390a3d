import OAuthTypes
import Testing

struct ProviderDeviationTests {
    @Test func namesSourceMemberAndForm() {
        let deviation = ProviderDeviation(.tokenResponse, "expires_in", form: "a number in quotes")
        #expect(deviation.description == "token_response expires_in: a number in quotes")
        #expect(ProviderDeviation(.keySet, form: "a byte order mark").description == "jwks: a byte order mark")
    }

    @Test func cutsForeignNames() {
        let name = "a\n\u{1B}[31m" + String(repeating: "b", count: 200)
        let member = ProviderDeviation(.idToken, name, form: "null").member ?? ""
        #expect(member == "a[31m" + String(repeating: "b", count: 59))
    }

    @Test func aDocumentTellsOfEachDeviationOnceAndOfNoMoreThanItsLimit() {
        var deviations: [ProviderDeviation] = []
        for _ in 0..<2 { deviations.note(ProviderDeviation(.keySet, form: "a byte order mark")) }
        #expect(deviations.count == 1)
        for number in 0..<100 { deviations.note(ProviderDeviation(.metadata, "m\(number)", form: "ignored")) }
        #expect(deviations.count == [ProviderDeviation].limit)
    }
}
