// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "dorc",
    products: [.executable(name: "dorc-synth", targets: ["dorc-synth"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/stencilproject/Stencil", from: "0.15.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .target(
            name: "DorcModel",
            dependencies: ["CLibYAML", "CNettle"],
            exclude: ["Integrations/sdk_actions.py"]),
        .target(name: "CloudFormation", dependencies: ["DorcModel"]),
        .target(
            name: "DorcSynth",
            dependencies: [
                "CloudFormation", "DorcModel", .product(name: "BitCollections", package: "swift-collections"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .target(
            name: "DorcTemplates", dependencies: ["CloudFormation", "DorcModel", "DorcSynth"],
            resources: [.embedInCode("Deployment/deploy.sh")]),
        .target(
            name: "ScaffoldTemplates", path: "templates", sources: ["Templates.swift"],
            resources: [
                .embedInCode("project"),
                // SwiftPM passes over hidden files in a folder.
                .embedInCode("project/.dockerignore.stencil"),
                .embedInCode("project/.gitattributes.stencil"),
                .embedInCode("project/.gitignore.stencil"),
                .embedInCode("pipeline"),
                .embedInCode("function"),
            ]),
        .executableTarget(
            name: "dorc-synth",
            dependencies: [
                "DorcModel", "DorcSynth", "DorcTemplates", "ScaffoldTemplates",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Stencil", package: "Stencil"),
            ]),
        .executableTarget(
            name: "dorc-fuzz", dependencies: ["DorcModel", "DorcSynth", "DorcTemplates"], path: "Tests/Fuzz",
            exclude: ["Findings"]),
        .testTarget(name: "DorcModelTests", dependencies: ["DorcModel"]),
        .testTarget(name: "CloudFormationTests", dependencies: ["CLibYAML", "CloudFormation", "DorcModel"]),
        .testTarget(
            name: "DorcSynthTests",
            dependencies: [
                "CloudFormation", "DorcModel", "DorcSynth",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .testTarget(
            name: "DorcTemplatesTests",
            dependencies: [
                "CloudFormation", "DorcModel", "DorcSynth", "DorcTemplates",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .testTarget(
            name: "SnapshotTests",
            dependencies: [
                "DorcModel", "DorcSynth", "DorcTemplates",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ], exclude: ["Cases"]),
        .testTarget(name: "DocumentationTests", dependencies: ["DorcModel", "DorcSynth"]),
        .testTarget(name: "CommandLineTests", dependencies: ["DorcModel", "dorc-synth", "ScaffoldTemplates"]),
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
