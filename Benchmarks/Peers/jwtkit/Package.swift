// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "jwtkit-peer",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1")],
    targets: [
        .executableTarget(
            name: "jwtkit-peer", dependencies: [.product(name: "JWTKit", package: "jwt-kit")], path: "Sources")
    ],
    swiftLanguageModes: [.v6]
)
