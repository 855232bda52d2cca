// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "dorc",
    products: [.executable(name: "dorc-synth", targets: ["dorc-synth"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .target(
            name: "DorcModel",
            dependencies: ["CLibYAML", "CNettle"],
            exclude: ["Integrations/sdk_actions.py"]),
        .target(
            name: "DorcSynth",
            dependencies: [
                "DorcModel", .product(name: "BitCollections", package: "swift-collections"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .target(
            name: "DorcTemplates", dependencies: ["CLibYAML", "DorcModel", "DorcSynth"],
            resources: [.embedInCode("Deployment/deploy.sh")]),
        .target(
            name: "Blueprints", path: "templates", sources: ["Blueprints.swift"],
            resources: [
                .embedInCode("project"),
                // SwiftPM passes over hidden files in a folder.
                .embedInCode("project/.dockerignore.stencil"),
                .embedInCode("project/.gitattributes.stencil"),
                .embedInCode("project/.gitignore.stencil"),
                .embedInCode("pipeline"),
                .embedInCode("function"),
            ]),
        .target(
            name: "DorcCommandLine",
            dependencies: [
                "Blueprints", "DorcModel", "DorcSynth", "DorcTemplates",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "dorc-synth", dependencies: ["DorcCommandLine"]),
        .executableTarget(
            name: "dorc-fuzz", dependencies: ["DorcModel", "DorcSynth", "DorcTemplates"], path: "Tests/Fuzz",
            exclude: ["Findings"]),
        .testTarget(name: "DorcModelTests", dependencies: ["DorcModel"]),
        .testTarget(name: "DorcSynthTests", dependencies: ["DorcModel", "DorcSynth"]),
        .testTarget(
            name: "DorcTemplatesTests",
            dependencies: [
                "DorcModel", "DorcSynth", "DorcTemplates",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .testTarget(
            name: "SnapshotTests",
            dependencies: [
                "DorcModel", "DorcSynth", "DorcTemplates",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ], exclude: ["Cases"]),
        .testTarget(name: "DocumentationTests", dependencies: ["DorcModel", "DorcSynth"]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "Blueprints", "DorcCommandLine", "DorcModel", "DorcSynth", "DorcTemplates",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
