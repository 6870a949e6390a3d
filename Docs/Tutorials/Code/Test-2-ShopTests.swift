import Hummingbird
import HummingbirdLogin
import HummingbirdTesting
import LoginTesting
import Shop
import Testing

struct ShopTests {
    let flow: LoginFlow

    init() throws {
        let settings = LoginSettings(
            issuer: try Issuer("https://login.example"), clientID: try ClientID("shop"),
            clientSecret: ClientSecret("a secret of the tests"), baseURL: try EndpointURL("https://shop.example"))
        flow = try LoginFlow(
            settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system),
            environment: LoginFlow.Environment(transport: TestTransport()))
    }
}
