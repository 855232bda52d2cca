internal import DorcText
internal import CloudFormation
internal import DorcModel
internal import DorcSynth

/// `docker-bake.json`: every image for `docker buildx bake`, run in the config repository's root with REGISTRY set.
///
/// Docker's Bake file reference: a text of a JSON file is a template of HCL, with `${variable}`. A group may name groups
/// (buildx, `Config.ResolveGroup`): the default one changes with the pipelines only, not with their functions.
///
/// The image for jobs is a second target over the function's, with dorc's runner as its entry point: it is in OUT, the folder of this
/// file.
///
/// A tag is all that changes with the code. It is in the middle of its target: git merges changes of two neighbours.
struct BakeFile {
    static let path = "docker-bake.json"

    let images: [Manifest.ImageEntry]
    let tags: [String]

    /// `tags` are those of `images`, in their order.
    init(_ images: [Manifest.ImageEntry], tags: [String]) {
        self.images = images
        self.tags = tags
    }

    static func target(_ image: Manifest.ImageEntry) -> String {
        image.isJob ? target(image.function) + "__job" : target(image.function)
    }

    /// A name of letters, digits, `_` and `-` that no other image has: a folder's name has no `__`.
    static func target(_ function: String) -> String {
        var bytes = ByteBuffer(capacity: function.utf8.count + 4)
        var function = function
        function.withUTF8 {
            for byte in $0 {
                if byte == UInt8(ascii: "/") { bytes.append("__" as StaticString) } else { bytes.append(byte) }
            }
        }
        return bytes.text
    }

    var bytes: [UInt8] {
        let targets = images.map { Self.target($0) }
        let hasJobs = images.contains(where: \.isJob)
        let others = Set(targets)
        var writer = TemplateWriter(.json)
        var attestations: TemplateWriter.Fragment?
        writer.object {
            $0.object("variable") {
                $0.object("REGISTRY") { $0["default"] = "" }
                if hasJobs { $0.object("OUT") { $0["default"] = "out" } }
            }
            $0.object("group") {
                writeGroups(of: targets, to: &$0)
            }
            $0.object("target") {
                for (index, (image, tag)) in zip(images, tags).enumerated() {
                    var base = Self.target(image.function)
                    if image.isJob, !others.contains(base) {
                        base += "__code"
                        $0.key(base)
                        $0.object {
                            writeRecipe(of: image, to: &$0)
                            $0["platforms"] = [literal(image.platform)]
                        }
                    }
                    $0.key(targets[index])
                    write(image, over: base, tag: tag, to: &$0, &attestations)
                }
            }
        }
        return writer.finish()
    }

    /// The default one, and one for each pipeline.
    private func writeGroups(of targets: [String], to groups: inout TemplateWriter) {
        var pipelines: [String] = []
        for image in images where pipelines.last.map(image.belongs) != true { pipelines.append(image.pipeline) }
        groups.object("default") { $0["targets"] = pipelines.map(Self.target) }
        var start = 0
        while start < images.count {
            let pipeline = images[start].pipeline
            let end = images[start...].firstIndex { !$0.belongs(to: pipeline) } ?? images.count
            groups.key(Self.target(pipeline))
            groups.object { $0["targets"] = Array(targets[start..<end]) }
            start = end
        }
    }

    /// A container's `ENTRYPOINT` cannot be given in a job definition, and one in a Dockerfile takes the `CMD` away: the job
    /// definition has the handler (Docker's Dockerfile reference, "Understand how CMD and ENTRYPOINT interact").
    private static let recipe = """
        FROM function
        COPY --from=dorc --chmod=644 \(DeploymentFiles.runner) /opt/dorc/\(DeploymentFiles.runner)
        ENTRYPOINT ["python3", "/opt/dorc/\(DeploymentFiles.runner)"]

        """

    /// `base` is the target of the function's own image.
    private func write(
        _ image: Manifest.ImageEntry, over base: String, tag: String, to targets: inout TemplateWriter,
        _ attestations: inout TemplateWriter.Fragment?
    ) {
        targets.object {
            if image.isJob {
                $0["context"] = literal(image.context)
                $0.object("contexts") {
                    $0["dorc"] = "${OUT}"
                    $0["function"] = "target:\(base)"
                }
                $0["dockerfile-inline"] = Self.recipe
            } else {
                writeRecipe(of: image, to: &$0)
            }
            $0["platforms"] = [literal(image.platform)]
            $0["tags"] = [String(joining: "${REGISTRY}/", image.repository, ":", tag)]
            $0.object("labels") { $0["dorc.source"] = image.buildArgs["CODE_PATH"].map(literal) }
            // Lambda takes a single manifest, not an index with attestations.
            $0.member("attest", again: &attestations) {
                $0.add(["type=provenance,disabled=true", "type=sbom,disabled=true"])
            }
        }
    }

    private func writeRecipe(of image: Manifest.ImageEntry, to target: inout TemplateWriter) {
        target["context"] = literal(image.context)
        target["dockerfile"] = literal(image.dockerfile)
        target.object("args") {
            for argument in image.buildArgs.entries {
                $0.key(argument.key)
                $0.add(literal(argument.value))
            }
        }
    }

    /// HCL: `$${` and `%%{` stand for `${` and `%{`.
    private func literal(_ text: String) -> String {
        var text = text
        guard text.withUTF8({ $0.contains(UInt8(ascii: "{")) }) else { return text }
        return text.replacing("${", with: "$${").replacing("%{", with: "%%{")
    }
}

extension Manifest.ImageEntry {
    /// `layer/name`
    var pipeline: String {
        let name = function.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }
        return String(Substring(function.utf8.dropLast(name.count + 1)))
    }

    fileprivate func belongs(to pipeline: String) -> Bool {
        function.hasPrefix(pipeline) && function.utf8.dropFirst(pipeline.utf8.count).first == UInt8(ascii: "/")
    }
}
