internal import DorcModel

/// The images to build, by pipeline and function.
enum ImageTargets {
    static func of(_ project: Project, _ plan: StackPlan) -> [ImageTarget] {
        project.pipelines.flatMap { pipeline in
            pipeline.images.map { image in
                let repository = Naming.repository(project: project.name, pipeline.id, image.function)
                return ImageTarget(
                    pipeline: pipeline.id, function: image.function, stack: plan.universal.stack(of: repository),
                    repository: repository, tag: image.tag, codePath: image.folder,
                    dockerfile: project.images.dockerfile,
                    buildArguments: project.images.buildArguments, platform: project.images.architecture.platform)
            }
        }
    }
}
