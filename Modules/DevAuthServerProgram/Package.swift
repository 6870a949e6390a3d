// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "dev-auth-server",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "dev-auth-server", targets: ["DevAuthServerProgram"])
    ],
    dependencies: [
        // Named explicitly: by default, a path dependency takes the name of the folder of the checkout.
        .package(name: "swift-login-flow", path: "../..", traits: ["Hummingbird"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // A dependency of Hummingbird. The minimum keeps out older releases with known vulnerabilities.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "DevAuthServerProgram",
            dependencies: [
                "DevAuthServerCommands",
                .product(name: "DevAuthServer", package: "swift-login-flow"),
                .product(name: "HummingbirdDevAuthServer", package: "swift-login-flow"),
                .product(name: "HummingbirdLogin", package: "swift-login-flow"),
                .product(name: "OAuthTypes", package: "swift-login-flow"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .target(
            name: "DevAuthServerCommands",
            dependencies: [
                .product(name: "DevAuthServer", package: "swift-login-flow"),
                .product(name: "OAuthTypes", package: "swift-login-flow"),
                .product(name: "WireFormats", package: "swift-login-flow"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(
            name: "DevAuthServerProgramTests",
            dependencies: [
                "DevAuthServerCommands",
                .product(name: "DevAuthServer", package: "swift-login-flow"),
                .product(name: "OAuthTypes", package: "swift-login-flow"),
                .product(name: "WireFormats", package: "swift-login-flow"),
            ]),
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
