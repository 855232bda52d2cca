/// The starting points beside this file, as SwiftPM embeds them.
///
/// SwiftPM drops the folder of an embedded file and makes its name an identifier, so no two of them may share a file
/// name, and each is named here with its path once more. A test compares this list with the folder.
package enum EmbeddedBlueprints {
    /// Path below `templates/` and UTF-8 text, sorted by path.
    package static let all: [(path: String, text: [UInt8])] = [
        ("function/lambda.py.stencil", PackageResources.lambda_py_stencil),
        ("pipeline/pipeline.yaml.stencil", PackageResources.pipeline_yaml_stencil),
        ("pipeline/tests/first.yaml.stencil", PackageResources.first_yaml_stencil),
        ("project/.dockerignore.stencil", PackageResources._dockerignore_stencil),
        ("project/.gitattributes.stencil", PackageResources._gitattributes_stencil),
        ("project/.gitignore.stencil", PackageResources._gitignore_stencil),
        ("project/.vscode/settings.json.stencil", PackageResources.settings_json_stencil),
        ("project/Dockerfile.stencil", PackageResources.Dockerfile_stencil),
        ("project/README.md.stencil", PackageResources.README_md_stencil),
        ("project/dorc.yaml.stencil", PackageResources.dorc_yaml_stencil),
        ("project/requirements.txt.stencil", PackageResources.requirements_txt_stencil),
    ]
}
