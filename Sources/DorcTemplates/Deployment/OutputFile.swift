/// A file of the output folder that is no template.
package struct OutputFile: Sendable {
    /// Relative to the output folder.
    package var path: String
    package var bytes: [UInt8]
    package var isExecutable = false
}

/// The files that deploy the templates, all read off the manifest.
///
///     Manifest -> docker-bake.json    how the images are built    (BakeFile)
///              -> deploy.sh           a plan, and a script that is the same for all projects    (DeployScript)
package enum DeploymentFiles {
    package static let paths = [DeployScript.path, BakeFile.path]

    package static func of(_ manifest: Manifest, images: [Manifest.ImageEntry]) -> [OutputFile] {
        [
            OutputFile(
                path: DeployScript.path, bytes: DeployScript(manifest: manifest, images: images).bytes,
                isExecutable: true),
            OutputFile(path: BakeFile.path, bytes: BakeFile(images: images).bytes),
        ]
    }
}
