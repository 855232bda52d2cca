internal import CloudFormation
internal import DorcModel

/// The images to build, by pipeline and function.
enum ImageTargets {
    /// The build argument with the function's folder.
    private static let codePath = "CODE_PATH"

    static func of(_ project: Project, _ layout: StackLayout) -> [ImageTarget] {
        // The folder wins over an argument of the user's of the same name.
        let arguments = project.images.buildArguments.filter { $0.name != codePath }
            .map { SortedTexts.Entry($0.name, $0.value) }
        return zip(project.pipelines, layout.repositories).flatMap { pipeline, repositories in
            zip(pipeline.images, repositories).map { image, repository in
                ImageTarget(
                    pipeline: pipeline.id, function: image.function, stack: repository.id.stack,
                    repository: repository.name, tag: image.deployedTag, isJob: image.isJob,
                    dockerfile: project.images.dockerfile,
                    buildArguments: SortedTexts(arguments + [.init(codePath, image.folder)]),
                    platform: project.images.architecture.platform)
            }
        }
    }
}
