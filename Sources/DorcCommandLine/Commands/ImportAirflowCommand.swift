import ArgumentParser
import DorcImport
import DorcText

/// `dorc-synth import airflow FOLDER`.
struct ImportAirflow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "airflow",
        abstract: "Import workflows of Airflow: the Analytical Platform's workflow.yml, and dag-factory.",
        discussion: """
            Reads every `workflow.yml` below FOLDER (environments/ENVIRONMENT/PROJECT/WORKFLOW/workflow.yml), and every YAML file with \
            DAGs of dag-factory. FOLDER may be a whole repository, an environment, a project or one workflow. DAGs in Python are not \
            read.

            EXAMPLES
              dorc-synth import airflow ../airflow --dry-run
              dorc-synth import airflow ../airflow --into pipelines --region eu-west-2

            \(ImportOptions.exitStatus)
            """)

    @OptionGroup var options: ImportOptions

    @Option(help: ArgumentHelp("Name of the project in dorc.yaml. (default: FOLDER's)", valueName: "name"))
    var project: String?

    @Option(help: ArgumentHelp("AWS region of the pipelines. (default: eu-west-2, and a TODO)", valueName: "region"))
    var region: String?

    func run() throws {
        if let region, !AirflowImporter.isRegion(region) {
            throw ValidationError("`\(region)` is not a region such as `eu-west-2`")
        }
        try options.run { tree in
            let folder = ((try? FileSystem.realPath(options.folder)) ?? options.folder).split(separator: "/").map(
                String.init)
            return AirflowImporter(tree, .init(folder: folder, project: project, region: region)).result()
        }
    }
}
