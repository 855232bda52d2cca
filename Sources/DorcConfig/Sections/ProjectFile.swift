package import DorcModel
package import DorcText

/// `dorc.yaml` as written: every key that is written, with its place.
package struct ProjectFile: Section {
    package var origin = Origin()
    package var project: Located<String>?
    package var region: Located<String>?
    package var repository: Located<String>?
    package var source: Located<String>?
    package var tags: Located<LocatedMap<String>>?
    package var images: Located<ImagesSection>?
    package var registry: Located<RegistrySection>?
    package var defaults: Located<FunctionDefaultsSection>?
    package var computeProfiles: Located<LocatedMap<ComputeSection>>?
    package var environments: Located<LocatedMap<EnvironmentSection>>?

    package init() {}

    package static let type = ObjectType<Self>(
        "dorc.yaml", allowsOwnKeys: true,
        elsewhere: Elsewhere(
            [
                ("timeout retry retries", "write it in `defaults`"),
                (
                    "account accountid vpcid vpc privatesubnetids subnetids variables notifications",
                    "write it at an environment: `environments: {dev: {account: \"111122223333\"}}`"
                ),
                ("dockerfile architecture include", "write it in `images`"),
            ],
            functionKey: {
                $0.isInDefaults
                    ? "write it in `defaults`" : "write it in pipeline.yaml, at the function: \($0.atFunction)"
            }),
        keys: [
            Key(
                "project", \.project, .projectName, required: true, otherNames: "name service app",
                "Name of the project; it prefixes every name in AWS."),
            Key(
                "region", \.region, .region, required: true, otherNames: "awsregion defaultregion",
                "AWS region of every environment without a `region` of its own."),
            Key(
                "repository", \.repository,
                .text(
                    "a repository's id of up to 255 letters, digits and `_ . : / = + - @` such as `github.com/example/pipelines`",
                    .repository),
                "What distinguishes this repository from others, as `github.com/example/pipelines`: becomes the tag `repository`."
            ),
            Key(
                "source", \.source, .relativePath, default: .value(Defaults.source), otherNames: "src path",
                "Folder with the layers."),
            Key("tags", \.tags, .tags, "Tags of every taggable resource; environments and pipelines add to them."),
            Key("images", \.images, .section, "How the functions' images are built."),
            Key(
                "registry", \.registry, .section,
                "Where images are, if in one account for all environments; else each has its own."),
            Key(
                "defaults", \.defaults, .section,
                "Settings of every function, unless an environment, a pipeline or the function says otherwise."),
            Key(
                "compute_profiles", \.computeProfiles,
                .map(
                    keys: "names of profiles", oneKey: "the name of a compute profile", .newComputeProfile,
                    "a name has lower-case letters and digits with single `-` between them, and is not `lambda`",
                    of: .computeProfile),
                otherNames: "profiles", "Named sizes for the `compute` of functions."),
            Key(
                "environments", \.environments,
                .map(
                    keys: "environment names", oneKey: "the name of an environment", .newEnvironment,
                    "an environment's name is `[a-z][a-z0-9]*`, at most 19 characters, and not `universal`",
                    of: .section, empty: Diagnostic.noEnvironment),
                required: true, otherNames: "envs stages environment",
                "The environments that the project is deployed to."),
        ])
}

extension ProjectFile {
    package struct ImagesSection: Section {
        package var origin = Origin()
        package var dockerfile: Located<String>?
        package var architecture: Located<Architecture>?
        package var include: Located<[Located<String>]>?
        package var untaggedExpiry: Located<Duration>?
        package var keep: Located<Int>?
        package var buildArguments: Located<LocatedMap<String>>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`images`",
            keys: [
                Key(
                    "dockerfile", \.dockerfile, .relativePath, default: .value(Defaults.dockerfile),
                    "The recipe of every function's image."),
                Key(
                    "architecture", \.architecture, .choice, default: .value(Defaults.architecture),
                    "Instruction set of images and Lambdas."),
                Key(
                    "include", \.include, .list(of: .relativePath),
                    "Shared files and folders that go into every function's build context and content hash."),
                Key(
                    "untagged_expiry", \.untaggedExpiry,
                    .duration(86400...365 * 86400, step: (86400, "whole days such as `14d`")),
                    default: .value(Defaults.untaggedExpiry),
                    "When images without a tag are removed from the registry; whole days."),
                // The image that is deployed and the one before it; more than this many are beyond ECR's quota of images in a
                // repository (ECR guide, "Service quotas", adjustable).
                Key(
                    "keep", \.keep, .integer(2...20_000), default: .value(Defaults.keptImages),
                    "How many images of each function the registry keeps: more than the versions by which an environment may be"
                        + " older than the newest."),
                Key(
                    "build_arguments", \.buildArguments,
                    .map(
                        keys: "build arguments", oneKey: "the name of a build argument", .buildArgument,
                        "a name has letters, digits and `_`, and is not CODE_PATH", of: .text()),
                    "Docker build arguments of every image, in addition to CODE_PATH."),
            ])
    }

    package struct RegistrySection: Section {
        package var origin = Origin()
        package var account: Located<String>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`registry`",
            keys: [
                Key(
                    "account", \.account, .accountID, required: true,
                    "The one account that has the images of all environments.")
            ])
    }
}

extension Diagnostic {
    fileprivate static func noEnvironment(at range: SourceRange) -> Diagnostic {
        Diagnostic(.emptyValue, at: range, "there is no environment", help: "as in `dev: {}`")
    }
}
