// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "login-tool",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "login-tool", targets: ["LoginTool"])
    ],
    dependencies: [
        // Named explicitly: by default, a path dependency takes the name of the folder of the checkout.
        .package(name: "swift-login-flow", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .executableTarget(name: "LoginTool", dependencies: ["LoginToolCommands"]),
        .target(
            name: "LoginToolCommands",
            dependencies: [
                .product(name: "AuthURL", package: "swift-login-flow"),
                .product(name: "CurlTransport", package: "swift-login-flow"),
                .product(name: "Discovery", package: "swift-login-flow"),
                .product(name: "JOSE", package: "swift-login-flow"),
                .product(name: "LoginEnvironment", package: "swift-login-flow"),
                .product(name: "LoginFlow", package: "swift-login-flow"),
                .product(name: "OAuthTypes", package: "swift-login-flow"),
                .product(name: "SessionStore", package: "swift-login-flow"),
                .product(name: "TokenExchange", package: "swift-login-flow"),
                .product(name: "WireFormats", package: "swift-login-flow"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(
            name: "LoginToolTests",
            dependencies: [
                "LoginToolCommands",
                .product(name: "CurlTransport", package: "swift-login-flow"),
                .product(name: "JOSE", package: "swift-login-flow"),
                .product(name: "OAuthTypes", package: "swift-login-flow"),
                .product(name: "SessionStore", package: "swift-login-flow"),
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
