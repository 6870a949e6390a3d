// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "quickstart",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "quickstart", targets: ["Quickstart"])
    ],
    dependencies: [
        // Named explicitly: by default, a path dependency takes the name of the folder of the checkout.
        .package(name: "swift-login-flow", path: "../..", traits: ["Hummingbird"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // A dependency of Hummingbird. The minimum keeps out older releases with known vulnerabilities.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "Quickstart",
            dependencies: [
                .product(name: "HummingbirdLogin", package: "swift-login-flow"),
                .product(name: "HummingbirdDevAuthServer", package: "swift-login-flow"),
                .product(name: "LoginHTTPTypes", package: "swift-login-flow"),
                .product(name: "APIClient", package: "swift-login-flow"),
                .product(name: "APIGuard", package: "swift-login-flow"),
                .product(name: "DevAuthServer", package: "swift-login-flow"),
                .product(name: "Discovery", package: "swift-login-flow"),
                .product(name: "JOSE", package: "swift-login-flow"),
                .product(name: "LoginEnvironment", package: "swift-login-flow"),
                .product(name: "LoginFlow", package: "swift-login-flow"),
                .product(name: "LoginLifecycle", package: "swift-login-flow"),
                .product(name: "OAuthTypes", package: "swift-login-flow"),
                .product(name: "WireFormats", package: "swift-login-flow"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ])
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets {
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
