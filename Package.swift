// swift-tools-version: 6.1
import PackageDescription

/// What tests may look into.
let stages: [Target.Dependency] = [
    "DorcText", "DorcYAML", "JSONata", "Schedules", "DorcModel", "DorcConfig", "CloudFormation", "DorcSynth",
    "DorcTemplates", "DorcDiagrams", "DorcRun", "DorcImport",
    .product(name: "BitCollections", package: "swift-collections"),
    .product(name: "OrderedCollections", package: "swift-collections"),
]
let support = stages + ["DorcTestSupport"]

let package = Package(
    name: "dorc",
    // `Mutex` of Synchronization is in macOS since 15.
    platforms: [.macOS(.v15)],
    products: [.executable(name: "dorc-synth", targets: ["dorc-synth"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
        .target(
            name: "CBuildInformation",
            cSettings: ["BUILD_COMMIT", "BUILD_HOMEPAGE"].compactMap { name in
                Context.environment[name].map { .define(name, to: "\"\($0)\"") }
            }),
        .target(
            name: "DorcText",
            dependencies: ["CNettle", .product(name: "BitCollections", package: "swift-collections")]),
        .target(name: "DorcYAML", dependencies: ["CLibYAML", "DorcText"]),
        .target(name: "JSONata", dependencies: ["DorcText"]),
        .target(name: "Schedules", dependencies: ["DorcText"], exclude: ["time_zones.py"]),
        .target(
            name: "DorcModel", dependencies: ["DorcText", "Schedules"], exclude: ["Integrations/sdk_actions.py"]),
        .target(name: "DorcConfig", dependencies: ["DorcText", "DorcYAML", "JSONata", "Schedules", "DorcModel"]),
        .target(
            name: "DorcImport", dependencies: ["DorcText", "DorcYAML", "Schedules", "DorcModel", "DorcConfig"],
            resources: [.embedInCode("Dorc/dorc_reader")]),
        .target(name: "CloudFormation", dependencies: ["DorcText", "DorcModel"]),
        .target(
            name: "DorcSynth",
            dependencies: [
                "DorcText", "Schedules", "DorcModel", "CloudFormation",
                .product(name: "BitCollections", package: "swift-collections"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            resources: [.embedInCode("Runtime/job_runner.py")]),
        .target(
            name: "DorcTemplates", dependencies: ["DorcText", "DorcModel", "CloudFormation", "DorcSynth"],
            resources: [.embedInCode("Deployment/deploy.sh"), .embedInCode("Deployment/run.sh")]),
        .target(
            name: "DorcDiff", dependencies: ["DorcText", "DorcYAML", "Schedules"],
            exclude: ["Resources/replacement_rules.py"]),
        .target(
            name: "DorcDiagrams", dependencies: ["DorcText", "Schedules", "DorcModel", "DorcSynth"],
            resources: [
                .embedInCode("Page/page.html"),
                .embedInCode("Page/page.css"),
                .embedInCode("Page/page.js"),
                .embedInCode("Scene/diagram.css"),
            ]),
        .target(
            name: "DorcRun",
            dependencies: ["DorcText", "DorcModel", "CloudFormation", "DorcSynth", "DorcTemplates"]),
        .target(
            name: "DorcRunner", sources: ["EmbeddedRunner.swift"], resources: [.embedInCode("dorc_runner")]),
        .target(
            name: "Blueprints", path: "templates", sources: ["Blueprints.swift"],
            resources: [
                .embedInCode("project"),
                // SwiftPM passes over hidden files in a folder.
                .embedInCode("project/.dockerignore.stencil"),
                .embedInCode("project/.gitattributes.stencil"),
                .embedInCode("project/.gitignore.stencil"),
                .embedInCode("project/.vscode/settings.json.stencil"),
                .embedInCode("pipeline"),
                .embedInCode("function"),
            ]),
        .target(
            name: "DorcCommandLine",
            dependencies: [
                "DorcText", "DorcYAML", "Schedules", "DorcModel", "DorcConfig", "DorcSynth", "DorcTemplates",
                "DorcDiagrams", "DorcDiff", "DorcRun", "DorcRunner", "DorcImport", "Blueprints",
                "CBuildInformation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "dorc-synth", dependencies: ["DorcCommandLine"]),
        .executableTarget(name: "dorc-fuzz", dependencies: stages, path: "Tests/Fuzz", exclude: ["Findings"]),
        .target(name: "DorcTestSupport", dependencies: stages, path: "Tests/DorcTestSupport"),
        .testTarget(name: "DorcTextTests", dependencies: support),
        .testTarget(name: "DorcYAMLTests", dependencies: support),
        .testTarget(name: "JSONataTests", dependencies: support),
        .testTarget(name: "SchedulesTests", dependencies: support),
        .testTarget(name: "DorcConfigTests", dependencies: support),
        .testTarget(name: "DorcImportTests", dependencies: support),
        .testTarget(name: "CloudFormationTests", dependencies: support + ["CLibYAML"]),
        .testTarget(name: "DorcSynthTests", dependencies: support),
        .testTarget(name: "DorcTemplatesTests", dependencies: support),
        .testTarget(
            name: "DorcDiffTests", dependencies: support + ["DorcDiff", "DorcCommandLine"],
            exclude: ["Base", "Cases"]),
        .testTarget(name: "DorcDiagramsTests", dependencies: support),
        .testTarget(name: "DorcRunTests", dependencies: support + ["DorcRunner"]),
        .testTarget(name: "SnapshotTests", dependencies: support, exclude: ["Cases", "Plans"]),
        .testTarget(name: "DocumentationTests", dependencies: support),
        .testTarget(
            name: "CommandLineTests",
            dependencies: support + [
                "DorcCommandLine", "Blueprints", .product(name: "ArgumentParser", package: "swift-argument-parser"),
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
