// swift-tools-version: 6.3
import PackageDescription

// One product, with the types it takes, to see what it brings along; .ci/linkage builds it and looks at the result.
let package = Package(
    name: "linkage",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-login-flow", path: "../..")],
    targets: [
        .executableTarget(
            name: "linkage",
            dependencies: [
                .product(name: "JOSE", package: "swift-login-flow"),
                .product(name: "OAuthTypes", package: "swift-login-flow"),
            ],
            path: "Sources")
    ],
    swiftLanguageModes: [.v6]
)
