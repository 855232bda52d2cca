internal import CloudFormation

/// `docker-bake.json`: every image for `docker buildx bake`, run in the config repository's root with REGISTRY set.
///
/// Docker's Bake file reference: a text of a JSON file is a template of HCL, with `${variable}`.
struct BakeFile {
    static let path = "docker-bake.json"

    let images: [Manifest.ImageEntry]

    /// A name of letters, digits, `_` and `-` that no other image has: a folder's name has no `__`.
    static func target(_ function: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(function.utf8.count + 4)
        for byte in function.utf8 {
            if byte == UInt8(ascii: "/") { bytes.append(contentsOf: "__".utf8) } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    var bytes: [UInt8] {
        var writer = TemplateWriter(.json)
        writer.object {
            $0.object("variable") {
                $0.object("REGISTRY") { $0["default"] = "" }
            }
            $0.object("group") {
                $0.object("default") { $0["targets"] = images.map { Self.target($0.function) } }
                writeGroups(to: &$0)
            }
            $0.object("target") {
                for image in images { write(image, to: &$0) }
            }
        }
        return writer.finish()
    }

    /// One for each pipeline.
    private func writeGroups(to groups: inout TemplateWriter) {
        var rest = images[...]
        while let pipeline = rest.first?.pipeline {
            let own = rest.prefix { $0.pipeline == pipeline }
            rest = rest.dropFirst(own.count)
            groups.key(Self.target(pipeline))
            groups.object { $0["targets"] = own.map { Self.target($0.function) } }
        }
    }

    private func write(_ image: Manifest.ImageEntry, to targets: inout TemplateWriter) {
        targets.key(Self.target(image.function))
        targets.object {
            $0["context"] = literal(image.context)
            $0["dockerfile"] = literal(image.dockerfile)
            $0.object("args") {
                for (name, value) in image.buildArgs.sorted(by: { $0.key < $1.key }) {
                    $0.key(name)
                    $0.add(literal(value))
                }
            }
            $0["platforms"] = [literal(image.platform)]
            $0["tags"] = ["${REGISTRY}/\(image.repository):\(image.tag)"]
            $0.object("labels") {
                $0["dorc.source"] = image.buildArgs["CODE_PATH"].map(literal)
                $0["dorc.content-sha256"] = image.tag
            }
            // Lambda takes a single manifest, not an index with attestations.
            $0["attest"] = ["type=provenance,disabled=true", "type=sbom,disabled=true"]
        }
    }

    /// HCL: `$${` and `%%{` stand for `${` and `%{`.
    private func literal(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        return text.replacing("${", with: "$${").replacing("%{", with: "%%{")
    }
}

extension Manifest.ImageEntry {
    /// `layer/name`
    var pipeline: String { function.lastIndex(of: "/").map { String(function[..<$0]) } ?? "" }
}
