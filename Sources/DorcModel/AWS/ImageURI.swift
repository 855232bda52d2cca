/// `ACCOUNT.dkr.ecr.REGION.DOMAIN/REPOSITORY:TAG` or `...@sha256:DIGEST`: the only images that Lambda takes.
package enum ImageURI {
    package static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, region(text) != nil else { return false }
        if let digest = parts[1].firstIndex(of: "@") {
            let name = parts[1][..<digest]
            let hexadecimal = parts[1][digest...].dropFirst("@sha256:".count)
            return parts[1][digest...].hasPrefix("@sha256:") && hexadecimal.utf8.count == 64
                && hexadecimal.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
                && isRepository(name.split(separator: ":").first ?? "")
        }
        let pieces = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        return pieces.count == 2 && isRepository(pieces[0]) && isTag(pieces[1])
    }

    /// Whether it is an image of any registry, with a tag or digest, as far as a short look tells.
    package static func isReference(_ text: String) -> Bool {
        let name = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 || (0x30...0x39).contains(byte)
                || "._-/:@".utf8.contains(byte)
        }
        guard isPlain, let first = text.utf8.first, first != UInt8(ascii: "/") else { return false }
        if name.count == 2 { return name[1].hasPrefix("sha256:") && name[1].utf8.count == 71 }
        guard let last = text.split(separator: "/", omittingEmptySubsequences: false).last else { return false }
        let pieces = last.split(separator: ":", omittingEmptySubsequences: false)
        return pieces.count == 2 && !pieces[0].isEmpty && isTag(pieces[1])
    }

    /// Lambda resolves a tag to a digest when a function is created or its `ImageUri` changes, and not again:
    /// <https://docs.aws.amazon.com/lambda/latest/dg/images-create.html>.
    package static func isMutable(_ text: String) -> Bool { text.hasSuffix(":latest") }

    /// Nil where the host is not ECR's.
    package static func region(_ text: String) -> String? {
        let host = text.prefix { $0 != "/" }.split(separator: ".", omittingEmptySubsequences: false)
        guard host.count >= 6, Identifiers.isAccount(String(host[0])), host[1] == "dkr", host[2] == "ecr",
            Identifiers.isRegion(String(host[3])),
            host.dropFirst(4).joined(separator: ".") == suffix(ofRegion: String(host[3]))
        else { return nil }
        return String(host[3])
    }

    /// What is after the region in the host.
    private static func suffix(ofRegion region: String) -> String { Partition.of(region: region).dnsSuffix }

    /// What an image may be called in the region that the text names, if it names one.
    package static func example(like text: String) -> String {
        let host = text.prefix { $0 != "/" }.split(separator: ".").map(String.init)
        let region = host.first(where: Identifiers.isRegion) ?? "eu-west-2"
        return "111122223333.dkr.ecr.\(region).\(suffix(ofRegion: region))/team/tool:v4.1"
    }

    /// ECR API: `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`, and that again after each `/`.
    private static func isRepository(_ name: Substring) -> Bool {
        guard (2...256).contains(name.utf8.count) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            let isName = { (character: Character) in character.isASCII && (character.isLowercase || character.isNumber)
            }
            guard part.first.map(isName) == true, part.last.map(isName) == true else { return false }
            let separators = part.split(whereSeparator: isName)
            return separators.allSatisfy { $0 == "." || $0 == "_" || $0 == "__" || $0.allSatisfy { $0 == "-" } }
        }
    }

    /// OCI distribution specification: `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`
    private static func isTag(_ tag: Substring) -> Bool {
        guard let first = tag.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else { return false }
        return tag.utf8.count <= 128
            && tag.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 || (0x30...0x39).contains(byte)
                    || "._-".utf8.contains(byte)
            }
    }
}
