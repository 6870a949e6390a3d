// swift-tools-version: 6.3
import PackageDescription

// The programs that measure the figures of Docs/Performance.md. They use the public products only.
let package = Package(
    name: "login-flow-benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "figures", targets: ["Figures"]),
        .executable(name: "coldstart", targets: ["Coldstart"]),
        .executable(name: "stores", targets: ["SessionStores"]),
        .executable(name: "logins", targets: ["Logins"]),
    ],
    dependencies: [
        .package(name: "swift-login-flow", path: ".."),
        // Without its interposers: Benchmarks/Allocations counts allocations.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .target(
            name: "CFloor", path: "CFloor", cSettings: [.define("_GNU_SOURCE")],
            linkerSettings: [.linkedLibrary("crypto")]),
        .target(
            name: "Support", dependencies: ["CFloor"] + products("JOSE", "OAuthTypes", "WireFormats"), path: "Support"),
        .executableTarget(
            name: "Figures", dependencies: ["CFloor", "Support"] + products("JOSE", "OAuthTypes", "WireFormats"),
            path: "Figures"),
        .target(
            name: "CStoreFloor", path: "CStoreFloor", cSettings: [.define("_GNU_SOURCE")],
            linkerSettings: [.linkedLibrary("crypto"), .linkedLibrary("sqlite3")]),
        .executableTarget(
            name: "SessionStores",
            dependencies: ["CFloor", "CStoreFloor", "Support"] + products("OAuthTypes", "SessionStore"),
            path: "SessionStores"),
        .executableTarget(
            name: "Logins",
            dependencies: ["CFloor", "Support"]
                + products("JOSE", "LoginFlow", "OAuthTypes", "SessionStore", "WireFormats"),
            path: "LoginFlow"),
        // Only the linking of the program differs, so it shares the build of the others.
        .executableTarget(
            name: "Coldstart", dependencies: products("JOSE", "OAuthTypes"), path: "Coldstart",
            linkerSettings: [.unsafeFlags(["-static-executable"])]),
        .executableTarget(
            name: "JWTVerification",
            dependencies: ["Support", .product(name: "Benchmark", package: "benchmark")],
            path: "JWTVerification",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    swiftLanguageModes: [.v6]
)

func products(_ names: String...) -> [Target.Dependency] {
    names.map { .product(name: $0, package: "swift-login-flow") }
}

// The plugin writes a source file of JWTVerification, which follows its own rules.
for target in package.targets where !["CFloor", "CStoreFloor", "JWTVerification"].contains(target.name) {
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
