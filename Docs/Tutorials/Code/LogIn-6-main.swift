import Hummingbird
import HummingbirdLogin
import LoginEnvironment
import Shop

let login = ConfiguredLogin.orExit()

let app = Application(
    router: try shopRouter(login.flow), server: .boundedHTTP1(),
    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 3000)),
    services: [LoginService(login.flow) { await login.shutdown() }])
try await app.runService()
