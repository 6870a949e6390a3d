import CurlTransport
import HTTPTransportTesting
import OAuthTypes
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The environment is that of a whole process, so this runs in one of its own.
struct ProxyEnvironmentTests {
    @Test func asksTheEnvironmentForAProxyWhenTold() async {
        await #expect(processExitsWith: .success) {
            let proxy = try Peer.scripted()
            defer { proxy.stop() }
            for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
                _ = unsafe setenv(name, "http://127.0.0.1:\(proxy.port)", 1)
            }
            let away = TransportRequest(.post, try EndpointURL("https://auth.invalid/token"), body: [1], replay: .never)
            // The peer answers 403, as a proxy that says no: the request itself never left.
            let told = try CurlTransport(CurlConfiguration(proxy: .environment))
            #expect(await told.ending(away) == .failure(.connectionFailed, .nothing))
            #expect(try proxy.requests(containing: "CONNECT auth.invalid:443 HTTP/1.1") == 1)
            await told.shutdown()
        }
    }
}
