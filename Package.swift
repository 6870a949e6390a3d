// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "swift-login-flow",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "WireFormats", targets: ["WireFormats"]),
        .library(name: "OAuthTypes", targets: ["OAuthTypes"]),
        .library(name: "Discovery", targets: ["Discovery"]),
        .library(name: "AuthURL", targets: ["AuthURL"]),
        .library(name: "TokenExchange", targets: ["TokenExchange"]),
        .library(name: "JOSE", targets: ["JOSE"]),
        .library(name: "SessionStore", targets: ["SessionStore"]),
        .library(name: "SessionStoreTesting", targets: ["SessionStoreTesting"]),
        .library(name: "APIClient", targets: ["APIClient"]),
        .library(name: "APIGuard", targets: ["APIGuard"]),
        .library(name: "LoginFlow", targets: ["LoginFlow"]),
        .library(name: "CurlTransport", targets: ["CurlTransport"]),
        .library(name: "AsyncHTTPClientTransport", targets: ["AsyncHTTPClientTransport"]),
        .library(name: "HTTPTransportTesting", targets: ["HTTPTransportTesting"]),
        .library(name: "DevAuthServer", targets: ["DevAuthServer"]),
        .library(name: "HummingbirdDevAuthServer", targets: ["HummingbirdDevAuthServer"]),
        .library(name: "HostileProvider", targets: ["HostileProvider"]),
        .library(name: "LoginHTTPTypes", targets: ["LoginHTTPTypes"]),
        .library(name: "LoginLifecycle", targets: ["LoginLifecycle"]),
        .library(name: "HummingbirdLogin", targets: ["HummingbirdLogin"]),
        .library(name: "LoginConfiguration", targets: ["LoginConfiguration"]),
        .library(name: "LoginEnvironment", targets: ["LoginEnvironment"]),
        .library(name: "LoginObservability", targets: ["LoginObservability"]),
        .library(name: "LoginTesting", targets: ["LoginTesting"]),
    ],
    // What needs packages is off by default: without traits nothing is fetched.
    traits: [
        .trait(name: "AsyncHTTPClient", description: "AsyncHTTPClientTransport: a transport without libcurl."),
        .trait(name: "Configuration", description: "LoginConfiguration: a login read with swift-configuration."),
        .trait(name: "HTTPTypes", description: "LoginHTTPTypes: the flow's requests and replies as HTTPTypes."),
        .trait(
            name: "Hummingbird", description: "HummingbirdLogin: the flow as middleware of a Hummingbird app.",
            enabledTraits: ["HTTPTypes", "Lifecycle"]),
        .trait(name: "Lifecycle", description: "LoginLifecycle: the flow as a service that ends with the app."),
        .trait(
            name: "Observability",
            description: "LoginObservability: logins in swift-log, swift-metrics and swift-distributed-tracing."),
    ],
    dependencies: [
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        // Hummingbird takes it along; the minimum keeps older releases with known holes out.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.20.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    ],
    targets: [
        // The layers and what each may depend on: Docs/Architecture.md, checked by .ci/arrows.py.
        // Layer 0: the system's libraries
        .systemLibrary(
            name: "CLibcrypto", path: "Modules/CLibcrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CSQLite", path: "Modules/CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(
            name: "CLibcurl", path: "Modules/CLibcurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),

        // Layer 1
        module("Concurrency"),
        module("CryptoPrimitives", ["Concurrency", "CLibcrypto"]),
        module("WireFormats"),

        // Layer 2
        module("OAuthTypes", ["WireFormats", "Concurrency", "CryptoPrimitives"]),

        // Layer 3
        module("APIClient", ["OAuthTypes", "WireFormats", "Concurrency", "CryptoPrimitives"]),
        module(
            "AsyncHTTPClientTransport", ["OAuthTypes", "Concurrency"], packages: "AsyncHTTPClient",
            [
                "AsyncHTTPClient": "async-http-client", "NIOCore": "swift-nio", "NIOHTTP1": "swift-nio",
                "NIOHTTPCompression": "swift-nio-extras", "NIOPosix": "swift-nio", "NIOSSL": "swift-nio-ssl",
            ]),
        module("AuthURL", ["OAuthTypes", "WireFormats", "CryptoPrimitives"]),
        module("CurlTransport", ["OAuthTypes", "Concurrency", "CLibcurl"]),
        module("Discovery", ["OAuthTypes", "WireFormats"]),
        module("JOSE", ["OAuthTypes", "WireFormats", "Concurrency", "CryptoPrimitives"]),
        module("SessionStore", ["OAuthTypes", "WireFormats", "Concurrency", "CryptoPrimitives", "CSQLite"]),
        module("TokenExchange", ["OAuthTypes", "WireFormats"]),

        // Layer 4
        module("APIGuard", ["JOSE", "OAuthTypes"]),
        .target(
            name: "HTTPTransportTesting", dependencies: ["OAuthTypes"], path: "Modules/HTTPTransportTesting",
            exclude: ["Peers"]),
        module("SessionStoreTesting", ["SessionStore", "OAuthTypes"]),

        // Layer 5
        module("DevAuthServer", ["JOSE", "OAuthTypes", "WireFormats", "Concurrency", "CryptoPrimitives"]),
        module(
            "LoginFlow",
            [
                "APIClient", "AuthURL", "Discovery", "JOSE", "SessionStore", "TokenExchange",
                "OAuthTypes", "WireFormats", "Concurrency", "CryptoPrimitives",
            ]),

        // Layer 6
        module(
            "HostileProvider",
            ["DevAuthServer", "JOSE", "OAuthTypes", "WireFormats", "Concurrency", "CryptoPrimitives"]),
        module(
            "LoginHTTPTypes", ["LoginFlow", "OAuthTypes"], packages: "HTTPTypes",
            ["HTTPTypes": "swift-http-types"]),
        module(
            "LoginLifecycle", ["LoginFlow"], packages: "Lifecycle",
            ["ServiceLifecycle": "swift-service-lifecycle"]),
        module(
            "LoginEnvironment",
            ["AuthURL", "CurlTransport", "JOSE", "LoginFlow", "OAuthTypes", "SessionStore", "TokenExchange"]),
        module(
            "LoginObservability", ["Concurrency", "LoginFlow", "OAuthTypes", "SessionStore"],
            packages: "Observability",
            ["CoreMetrics": "swift-metrics", "Logging": "swift-log", "Tracing": "swift-distributed-tracing"]),
        module(
            "LoginTesting",
            ["LoginFlow", "DevAuthServer", "APIClient", "JOSE", "OAuthTypes", "WireFormats", "Concurrency"]),

        // Layer 7
        module(
            "HummingbirdDevAuthServer", ["DevAuthServer", "OAuthTypes"], packages: "Hummingbird",
            [
                "Hummingbird": "hummingbird", "HummingbirdCore": "hummingbird", "HTTPTypes": "swift-http-types",
                "NIOCore": "swift-nio",
            ]),
        module(
            "LoginConfiguration", ["LoginEnvironment", "LoginFlow", "OAuthTypes", "SessionStore"],
            packages: "Configuration", ["Configuration": "swift-configuration"]),
        module(
            "HummingbirdLogin",
            ["APIGuard", "JOSE", "LoginFlow", "LoginHTTPTypes", "LoginLifecycle", "OAuthTypes", "SessionStore"],
            packages: "Hummingbird",
            [
                "Hummingbird": "hummingbird", "HummingbirdCore": "hummingbird", "HTTPTypes": "swift-http-types",
                "NIOCore": "swift-nio", "NIOHTTPTypes": "swift-nio-extras",
            ]),

        // Layer 8
        .executableTarget(
            name: "Walkthrough",
            dependencies: [
                "APIClient", "APIGuard", "DevAuthServer", "JOSE", "LoginFlow", "OAuthTypes", "SessionStore",
                "WireFormats",
            ],
            path: "Modules/Walkthrough"),

        // Tests
        .target(
            name: "TestSupport", dependencies: ["Concurrency", "OAuthTypes", "WireFormats"], path: "Tests/Support"),
        .target(
            name: "VectorJudge",
            dependencies: ["CryptoPrimitives", "JOSE", "OAuthTypes", "TestSupport", "WireFormats"],
            path: "Tests/VectorJudge"),
        .executableTarget(
            name: "VectorReport",
            dependencies: ["CryptoPrimitives", "JOSE", "OAuthTypes", "TestSupport", "VectorJudge", "WireFormats"],
            path: "Tests/VectorReport"),
        // The fuzz targets, to replay inputs without libFuzzer.
        .target(
            name: "FuzzTargets", dependencies: ["JOSE", "OAuthTypes", "WireFormats"],
            path: "Tests/Fuzz/Sources/Targets"),
        .target(
            name: "CFailingAllocator", dependencies: ["CLibcrypto"],
            path: "Tests/FailureInjection/CFailingAllocator"),
        .executableTarget(
            name: "FailureInjection",
            dependencies: ["CFailingAllocator", "JOSE", "OAuthTypes", "WireFormats", "CryptoPrimitives"],
            path: "Tests/FailureInjection/Program"),
        .executableTarget(
            name: "DurabilityWorker",
            dependencies: ["SessionStore", "OAuthTypes", "CryptoPrimitives"],
            path: "Tests/Durability/Worker"),
        tests("APIClient", ["APIClient", "OAuthTypes", "WireFormats", "Concurrency"]),
        tests("APIGuard", ["APIGuard", "JOSE", "OAuthTypes", "WireFormats", "Concurrency"]),
        tests("AsyncHTTPClientTransport", ["AsyncHTTPClientTransport", "HTTPTransportTesting", "OAuthTypes"]),
        tests("AuthURL", ["AuthURL", "OAuthTypes", "WireFormats", "Concurrency"]),
        tests("Concurrency", ["Concurrency"]),
        // One file for each module of the OpenID conformance suite.
        tests(
            "Conformance",
            [
                "HostileProvider", "LoginTesting", "LoginFlow", "DevAuthServer", "AuthURL", "APIClient", "JOSE",
                "OAuthTypes", "SessionStore", "WireFormats", "Concurrency",
            ]),
        tests("CryptoPrimitives", ["CryptoPrimitives", "VectorJudge", "WireFormats"]),
        tests("CurlTransport", ["CurlTransport", "HTTPTransportTesting", "OAuthTypes"]),
        tests(
            "DevAuthServer", ["DevAuthServer", "JOSE", "OAuthTypes", "WireFormats", "Concurrency", "CryptoPrimitives"]),
        tests("Discovery", ["Discovery", "OAuthTypes", "WireFormats"]),
        tests(
            "Flow",
            [
                "LoginFlow", "DevAuthServer", "APIClient", "APIGuard", "AuthURL", "JOSE",
                "SessionStore", "SessionStoreTesting", "TokenExchange", "OAuthTypes", "WireFormats", "Concurrency",
                "CryptoPrimitives",
            ]),
        // The laws of a transport, for each that this package has.
        tests(
            "HTTPTransportLaws", ["AsyncHTTPClientTransport", "CurlTransport", "HTTPTransportTesting", "OAuthTypes"]),
        tests(
            "HummingbirdDevAuthServer", ["HummingbirdDevAuthServer", "CurlTransport", "DevAuthServer", "OAuthTypes"],
            packages: "Hummingbird",
            ["Hummingbird": "hummingbird", "NIOCore": "swift-nio"]),
        tests(
            "HummingbirdLogin",
            [
                "APIGuard", "HummingbirdLogin", "CurlTransport", "DevAuthServer", "JOSE", "LoginFlow", "LoginHTTPTypes",
                "LoginTesting", "OAuthTypes", "SessionStore", "WireFormats",
            ],
            packages: "Hummingbird",
            [
                "HTTPTypes": "swift-http-types", "Hummingbird": "hummingbird", "HummingbirdTesting": "hummingbird",
                "NIOCore": "swift-nio", "ServiceLifecycle": "swift-service-lifecycle",
            ]),
        tests(
            "JOSE",
            [
                "FailureInjection", "FuzzTargets", "JOSE", "OAuthTypes", "VectorJudge", "WireFormats",
                "Concurrency", "CryptoPrimitives",
            ]),
        tests(
            "LoginConfiguration",
            ["LoginConfiguration", "LoginEnvironment", "LoginFlow", "OAuthTypes", "SessionStore"],
            packages: "Configuration", ["Configuration": "swift-configuration"]),
        tests(
            "LoginEnvironment",
            ["AuthURL", "JOSE", "LoginEnvironment", "LoginFlow", "OAuthTypes", "SessionStore", "TokenExchange"]),
        tests(
            "LoginObservability",
            [
                "LoginObservability", "APIClient", "Concurrency", "DevAuthServer", "LoginFlow", "LoginTesting",
                "OAuthTypes", "SessionStore", "SessionStoreTesting", "WireFormats",
            ],
            packages: "Observability",
            ["CoreMetrics": "swift-metrics", "Logging": "swift-log", "Tracing": "swift-distributed-tracing"]),
        tests(
            "LoginHTTPTypes",
            ["LoginHTTPTypes", "DevAuthServer", "LoginFlow", "LoginTesting", "OAuthTypes", "SessionStore"],
            packages: "HTTPTypes",
            ["HTTPTypes": "swift-http-types"]),
        tests(
            "LoginLifecycle",
            ["LoginLifecycle", "LoginFlow", "OAuthTypes", "SessionStore"], packages: "Lifecycle",
            ["Logging": "swift-log", "ServiceLifecycle": "swift-service-lifecycle"]),
        tests(
            "LoginTesting",
            [
                "LoginTesting", "LoginFlow", "DevAuthServer", "APIClient", "APIGuard", "AuthURL", "JOSE",
                "SessionStore",
                "OAuthTypes", "WireFormats",
            ]),
        tests("OAuthTypes", ["OAuthTypes", "WireFormats", "Concurrency"]),
        tests("SessionStore", ["SessionStore", "SessionStoreTesting", "OAuthTypes", "WireFormats"]),
        tests("TokenExchange", ["TokenExchange", "OAuthTypes", "WireFormats"]),
        tests("WireFormats", ["VectorJudge", "WireFormats"]),
    ],
    swiftLanguageModes: [.v6]
)

func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], packages trait: String = "",
    _ products: KeyValuePairs<String, String> = [:]
) -> Target {
    .target(name: name, dependencies: dependencies + packages(trait, products), path: "Modules/\(name)")
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], packages trait: String = "",
    _ products: KeyValuePairs<String, String> = [:]
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies + ["TestSupport"] + packages(trait, products),
        path: "Tests/\(name)Tests")
}

/// Products of other packages, which only a trait brings.
func packages(_ trait: String, _ products: KeyValuePairs<String, String>) -> [Target.Dependency] {
    products.map { .product(name: $0.key, package: $0.value, condition: .when(traits: [trait])) }
}

// One place for the settings of every target.
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
}
