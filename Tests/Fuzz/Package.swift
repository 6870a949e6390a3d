// swift-tools-version: 6.3
import PackageDescription

// Fuzz targets on public products. `make fuzz` builds them with libFuzzer and the address sanitizer and runs each.
let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-login-flow", path: "../..")],
    targets: [
        .executableTarget(
            name: "fuzz",
            dependencies: [
                .product(name: "JOSE", package: "swift-login-flow"),
                .product(name: "OAuthTypes", package: "swift-login-flow"),
                .product(name: "WireFormats", package: "swift-login-flow"),
            ],
            path: "Sources")
    ],
    swiftLanguageModes: [.v6]
)
