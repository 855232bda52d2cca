internal import DorcText
internal import DorcYAML

/// dorc.yaml, and the files beside it that images are built with.
struct ProjectDraft {
    let name: String
    /// Nil where it is not known.
    let region: String?
    let environments: [String]
    let pipelines: [ImportedPipeline]
    let hasRequirements: Bool

    /// Where the Analytical Platform keeps the images of its workflows (its generator's template).
    static let registry = "509399598587.dkr.ecr.eu-west-2.amazonaws.com"

    /// From the first to the last that a change goes to. DAGs of dag-factory are for no environment: they get one.
    static func environments(of sources: [PipelineSource]) -> [String] {
        let names = Set(sources.compactMap(\.draft.environment))
        guard !names.isEmpty else { return ["prod"] }
        return names.sorted { (EnvironmentRank.of($0), $0) < (EnvironmentRank.of($1), $1) }
    }

    private var sources: [PipelineSource] { pipelines.flatMap(\.sources) }

    func files(into ledger: inout ImportLedger) -> [ImportedFile] {
        var comments = YAMLComments()
        comments.header("Made by `dorc-synth import airflow`. Look for TODO: each is a decision of yours.")
        var fields: PipelineDraft.Fields = [("project", .string(name)), ("region", .string(region ?? "eu-west-2"))]
        if region == nil {
            comments.add("TODO region: where the pipelines run; Airflow's files do not say", at: ["region"])
        }
        let profiles = sources.flatMap(\.profiles).reduce(into: [ComputeProfile]()) {
            if !$0.contains($1) { $0.append($1) }
        }.sorted { $0.name < $1.name }
        if !profiles.isEmpty {
            fields.append(("compute_profiles", .mapping(profiles.map { ($0.name, $0.node) })))
        }
        let usesRegistry = sources.contains(where: \.usesRegistry)
        let hasJobs = sources.contains { $0.draft.functions.contains { $0.settings.value(of: "compute") != nil } }
        var entries: PipelineDraft.Fields = []
        for environment in environments {
            var inner: PipelineDraft.Fields = []
            if usesRegistry {
                inner.append(("variables", .mapping([(WorkflowState.registryVariable, .string(Self.registry))])))
            }
            if hasJobs {
                inner.append(("vpc_id", .string("{{resolve:ssm:/\(name)/\(environment)/vpc-id}}")))
                inner.append(
                    (
                        "private_subnet_ids",
                        .list([.string("{{resolve:ssm:/\(name)/\(environment)/private-subnet-id}}")])
                    ))
                comments.add(
                    "TODO vpc_id, private_subnet_ids: jobs run in a VPC with a way out; these parameters of SSM have to exist",
                    at: ["environments", .key(environment), "vpc_id"])
            }
            comments.add(
                "TODO account: the account of this environment; without one, the account that deploys",
                at: ["environments", .key(environment)])
            entries.append((environment, .mapping(inner)))
        }
        if usesRegistry {
            comments.add(
                "The platform's operator also set AIRFLOW_ENVIRONMENT, AIRFLOW_RUN_ID, AIRFLOW_TIMESTAMP, AWS_DEFAULT_REGION=eu-west-1\n"
                    + "and its like: write those that an image reads at its function's `environment`.",
                at: ["environments"])
        }
        fields.append(("environments", .mapping(entries)))
        return [ImportedFile(path: "dorc.yaml", yaml: .mapping(fields), comments: comments)] + imageFiles
    }

    /// Only where a function is built here.
    private var imageFiles: [ImportedFile] {
        let isBuilt = sources.contains { $0.draft.files.contains { $0.path.hasSuffix("/lambda.py") } }
        guard isBuilt else { return [] }
        var files = [
            ImportedFile(path: "Dockerfile", .text(Self.dockerfile)),
            ImportedFile(path: ".dockerignore", .text(Self.dockerignore)),
        ]
        if hasRequirements { files.append(ImportedFile(path: "requirements.txt", .copy(of: "requirements.txt"))) }
        return files
    }

    private static let dockerfile = """
        # One recipe for the image of every function; CODE_PATH is the function's folder.
        FROM public.ecr.aws/lambda/python:3.12

        # `[t]` lets the file be absent.
        COPY requirements.tx[t] /tmp/repository/
        RUN if [ -f /tmp/repository/requirements.txt ]; then \\
                pip install --no-cache-dir --requirement /tmp/repository/requirements.txt; \\
            fi

        ARG CODE_PATH
        COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/

        CMD ["lambda.handler"]

        """

    private static let dockerignore = """
        .git
        out
        **/__pycache__
        **/*.pyc
        **/.venv

        """
}
