// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        // In a package of your own: .package(url: "…/swift-login-flow", branch: "main", traits: ["Hummingbird"]).
        .package(name: "swift-login-flow", path: "../..", traits: ["Hummingbird"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swhitty/FlyingFox", .upToNextMinor(from: "0.27.1")),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.20.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        app("HummingbirdSQLite", ["Hummingbird", "HummingbirdLogin", "LoginEnvironment", "OAuthTypes"]),
        app(
            "APIOnly",
            ["APIGuard", "CurlTransport", "Discovery", "Hummingbird", "HummingbirdLogin", "JOSE", "OAuthTypes"]),
        app(
            "BackendForFrontend",
            [
                "APIClient", "HTTPTypes", "Hummingbird", "HummingbirdLogin", "LoginEnvironment", "LoginFlow",
                "OAuthTypes",
            ]),
        app(
            "FlyingFoxApp",
            [
                "FlyingFox", "FlyingSocks", "LoginLifecycle", "Logging", "LoginEnvironment", "LoginFlow", "OAuthTypes",
                "ServiceLifecycle",
            ]),
        app(
            "BareNIO",
            [
                "LoginLifecycle", "Logging", "LoginEnvironment", "LoginFlow", "NIOCore", "NIOExtras", "NIOHTTP1",
                "NIOPosix", "OAuthTypes", "ServiceLifecycle",
            ]),
        app("LambdaShaped", ["LoginEnvironment", "LoginFlow", "OAuthTypes", "WireFormats"], without: ["gateway.py"]),

        .target(
            name: "FolderStore", dependencies: products(["OAuthTypes", "SessionStore"]), path: "CustomStore/Store"),
        .executableTarget(
            name: "CustomStore",
            dependencies: ["FolderStore"]
                + products(["Hummingbird", "HummingbirdLogin", "LoginEnvironment", "OAuthTypes"]),
            path: "CustomStore/App"),
        .testTarget(
            name: "CustomStoreTests", dependencies: ["FolderStore"] + products(["SessionStoreTesting"]),
            path: "CustomStore/Tests"),

        .target(name: "GermanPages", dependencies: products(["LoginFlow"]), path: "SecondLanguage/Pages"),
        .executableTarget(
            name: "SecondLanguage",
            dependencies: ["GermanPages"]
                + products(["Hummingbird", "HummingbirdLogin", "LoginEnvironment", "OAuthTypes"]),
            path: "SecondLanguage/App"),
        .testTarget(
            name: "SecondLanguageTests",
            dependencies: ["GermanPages"]
                + products(["AuthURL", "DevAuthServer", "LoginFlow", "LoginTesting", "OAuthTypes", "SessionStore"]),
            path: "SecondLanguage/Tests"),
    ],
    swiftLanguageModes: [.v6]
)

/// An app in the folder of its name.
func app(_ name: String, _ dependencies: [String], without others: [String] = []) -> Target {
    .executableTarget(
        name: name, dependencies: products(dependencies), path: name, exclude: ["README.md"] + others)
}

func products(_ names: [String]) -> [Target.Dependency] {
    let others = [
        "FlyingFox": "FlyingFox", "FlyingSocks": "FlyingFox", "HTTPTypes": "swift-http-types",
        "Hummingbird": "hummingbird", "Logging": "swift-log",
        "NIOCore": "swift-nio", "NIOExtras": "swift-nio-extras", "NIOHTTP1": "swift-nio", "NIOPosix": "swift-nio",
        "ServiceLifecycle": "swift-service-lifecycle",
    ]
    return names.map { .product(name: $0, package: others[$0] ?? "swift-login-flow") }
}

for target in package.targets {
    target.swiftSettings = [.treatAllWarnings(as: .error)]
}
