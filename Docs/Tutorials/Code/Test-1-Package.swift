// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "Shop",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(
            url: "https://git.example/swift-login-flow", branch: "main",
            traits: ["Hummingbird"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        .target(
            name: "Shop",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdLogin", package: "swift-login-flow"),
            ]),
        .executableTarget(
            name: "ShopServer",
            dependencies: [
                "Shop",
                .product(name: "LoginEnvironment", package: "swift-login-flow"),
            ]),
        .testTarget(
            name: "ShopTests",
            dependencies: [
                "Shop",
                .product(name: "DevAuthServer", package: "swift-login-flow"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "LoginFlow", package: "swift-login-flow"),
                .product(name: "LoginTesting", package: "swift-login-flow"),
                .product(name: "OAuthTypes", package: "swift-login-flow"),
            ]),
    ]
)
