internal import CloudFormation
internal import DorcModel

/// The images to build, by pipeline and function.
enum ImageTargets {
    static func of(_ project: Project, _ layout: StackLayout) -> [ImageTarget] {
        zip(project.pipelines, layout.repositories).flatMap { pipeline, repositories in
            zip(pipeline.images, repositories).map { image, repository in
                ImageTarget(
                    pipeline: pipeline.id, function: image.function, stack: repository.id.stack,
                    repository: repository.name, tag: image.tag, codePath: image.folder,
                    dockerfile: project.images.dockerfile,
                    buildArguments: project.images.buildArguments, platform: project.images.architecture.platform)
            }
        }
    }
}
