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
        JSONWriter.write(
            .object([
                "variable": .object(["REGISTRY": .object(["default": .string("")])]),
                "group": .map([Value.Member("default", group(images))] + groups),
                "target": .map(images.map { Value.Member(Self.target($0.function), target($0)) }),
            ]))
    }

    /// One for each pipeline.
    private var groups: [Value.Member] {
        var members: [(name: String, images: [Manifest.ImageEntry])] = []
        for image in images {
            let name = Self.target(image.pipeline)
            if members.last?.name != name { members.append((name, [])) }
            members[members.count - 1].images.append(image)
        }
        return members.map { Value.Member($0.name, group($0.images)) }
    }

    private func group(_ images: [Manifest.ImageEntry]) -> Value {
        .object(["targets": .strings(images.map { Self.target($0.function) })])
    }

    private func target(_ image: Manifest.ImageEntry) -> Value {
        let arguments = image.buildArgs.sorted { $0.key < $1.key }
        return .object([
            "context": literal(image.context),
            "dockerfile": literal(image.dockerfile),
            "args": .map(arguments.map { Value.Member($0.key, literal($0.value)) }),
            "platforms": .list([literal(image.platform)]),
            "tags": .list([.string("${REGISTRY}/\(image.repository):\(image.tag)")]),
            "labels": .object([
                "dorc.source": literal(image.buildArgs["CODE_PATH"] ?? ""),
                "dorc.content-sha256": .string(image.tag),
            ]),
            // Lambda takes a single manifest, not an index with attestations.
            "attest": .strings(["type=provenance,disabled=true", "type=sbom,disabled=true"]),
        ])
    }

    /// HCL: `$${` and `%%{` stand for `${` and `%{`.
    private func literal(_ text: String) -> Value {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return .string(text) }
        return .string(text.replacing("${", with: "$${").replacing("%{", with: "%%{"))
    }
}

extension Manifest.ImageEntry {
    /// `layer/name`
    var pipeline: String { function.split(separator: "/").dropLast().joined(separator: "/") }
}
