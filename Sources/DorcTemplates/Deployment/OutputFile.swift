package import DorcSynth

/// A file of the output folder that is no template.
package struct OutputFile: Sendable {
    /// Relative to the output folder.
    package var path: String
    package var bytes: [UInt8]
    package var isExecutable = false
}

/// The files that deploy the templates and work with what they made. Of what a pipeline's files hold, nothing is in them but each image's tag, once.
///
///     Manifest -> deploy.plan         what is deployed, a row for each stack and image    (DeployPlan)
///     images   -> docker-bake.json    how they are built, under which tags                (BakeFile)
///                 deploy.sh           reads both; the same bytes in every project
///                 run.sh              starts and follows runs; reads the plan; the same bytes in every project
///                 job-runner.py       what calls functions in jobs; the same bytes in every project that has jobs
///                 .gitattributes      what no reviewer reads; the same bytes in every project
package enum DeploymentFiles {
    private static let deployScript = "deploy.sh"
    private static let runScript = "run.sh"
    /// Of functions that run as jobs of AWS Batch; only where there are some.
    static let runner = "job-runner.py"

    /// Sorted.
    package static let paths = [
        ReviewAttributes.path, DeployPlan.path, deployScript, BakeFile.path, runScript,
    ]

    package static func of(_ manifest: Manifest, _ graph: ResourceGraph) -> [OutputFile] {
        let runner = manifest.images.contains(where: \.isJob) ? [OutputFile(path: runner, bytes: JobRunner.bytes)] : []
        return [
            OutputFile(path: ReviewAttributes.path, bytes: ReviewAttributes.bytes),
            OutputFile(path: DeployPlan.path, bytes: DeployPlan(manifest: manifest).bytes),
            OutputFile(path: deployScript, bytes: PackageResources.deploy_sh, isExecutable: true),
            OutputFile(path: BakeFile.path, bytes: BakeFile(manifest.images, tags: graph.images.map(\.tag)).bytes),
            OutputFile(path: runScript, bytes: PackageResources.run_sh, isExecutable: true),
        ] + runner
    }
}

/// `.gitattributes`: GitHub and GitLab fold up what is generated in a pull request, and leave it out of the languages.
///
/// It stays text to git: a reader who unfolds `docker-bake.json` sees which images are new, and two branches can be merged.
/// Line ends are kept, as `--check` compares bytes and no shell reads a script with others.
///
/// https://docs.github.com/en/repositories/working-with-files/managing-files/customizing-how-changed-files-appear-on-github
/// https://docs.gitlab.com/user/project/merge_requests/changes/#collapse-generated-files
enum ReviewAttributes {
    static let path = ".gitattributes"

    static let bytes = Array(
        """
        # Written by dorc-synth: what no reviewer reads is folded up in pull requests. The templates are for reading.
        *.json eol=lf
        *.yaml eol=lf
        /.gitattributes eol=lf linguist-generated gitlab-generated
        /deploy.plan eol=lf linguist-generated gitlab-generated
        /deploy.sh eol=lf linguist-generated gitlab-generated
        /docker-bake.json linguist-generated gitlab-generated
        /job-runner.py eol=lf linguist-generated gitlab-generated
        /manifest.json linguist-generated gitlab-generated
        /run.sh eol=lf linguist-generated gitlab-generated

        """.utf8)
}
