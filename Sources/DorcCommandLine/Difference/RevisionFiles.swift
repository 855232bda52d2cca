import DorcText

/// What `diff` asks git: it reads, and changes nothing.
struct RevisionFiles {
    struct File {
        /// Relative to the root of the repository.
        var path: String
        var object: String
        var kind: Kind

        enum Kind {
            case file, executable, link
        }
    }

    /// A folder of the working tree.
    private let folder: String
    /// Where the folder is in the repository; empty for its root, else with a slash at its end.
    let prefix: String

    /// - Throws: where git or the repository is missing.
    init(at folder: String) throws(DiffError) {
        self.folder = folder
        let answer = try Self.git(folder, ["rev-parse", "--show-prefix"])
        guard answer.status == 0 else {
            throw .git(
                "`\(folder)` is not in a git repository that can be read: \(Self.reason(answer.errors))\n"
                    + "help: name a folder of templates instead, as in `--from old/`")
        }
        prefix = Self.line(answer.output)
    }

    /// The commit of a name; `main...` is where this branch left `main`.
    func commit(_ name: String, option: String) throws(DiffError) -> String {
        if name.hasSuffix("...") {
            let base = try commit(String(name.dropLast(3)), option: option)
            let answer = try Self.git(folder, ["merge-base", base, "HEAD"])
            guard answer.status == 0 else {
                throw .git("`\(name)`: git finds no commit that both have in common\(try advice(name))")
            }
            return Self.line(answer.output)
        }
        let answer = try Self.git(
            folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"])
        guard answer.status == 0 else {
            throw .noSide(name, option: option, reason: "git does not know it\(try advice(name))")
        }
        return Self.line(answer.output)
    }

    /// What to do where a commit is not there.
    private func advice(_ name: String) throws(DiffError) -> String {
        let isShallow = Self.line(try Self.git(folder, ["rev-parse", "--is-shallow-repository"]).output) == "true"
        if isShallow {
            return
                ", and this clone is shallow\nhelp: run `git fetch --unshallow`; of GitHub's `actions/checkout`, set "
                + "`fetch-depth: 0`"
        }
        return "\nhelp: `git fetch` brings the branches of the remote; `git log --oneline` shows what is there"
    }

    /// The files below a path, which ends with a slash or is empty.
    func files(below path: String, at commit: String) throws(DiffError) -> [File] {
        var words = ["ls-tree", "-r", "-z", "--full-tree", commit]
        if !path.isEmpty { words += ["--", path] }
        let answer = try Self.git(folder, words)
        guard answer.status == 0 else { throw .git("git cannot list \(commit): \(Self.reason(answer.errors))") }
        return answer.output.split(separator: 0).compactMap { entry in
            // As in `100644 blob 0123456789abcdef…<tab>path`.
            guard let tab = entry.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
            let words = entry[..<tab].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 3, words[1] == "blob" else { return nil }
            let kind: File.Kind = words[0] == "120000" ? .link : words[0] == "100755" ? .executable : .file
            let path = String(decoding: entry[entry.index(after: tab)...], as: UTF8.self)
            return File(path: path, object: words[2], kind: kind)
        }
    }

    /// The contents of files, in their order.
    func contents(of files: [File]) throws(DiffError) -> [[UInt8]] {
        var contents: [[UInt8]] = []
        contents.reserveCapacity(files.count)
        // One process for as many as its input takes at once.
        let each = ChildProcess.longestInput / 70
        for start in stride(from: 0, to: files.count, by: each) {
            let part = files[start..<min(start + each, files.count)]
            let input = part.map { $0.object + "\n" }.joined()
            let answer = try Self.git(folder, ["cat-file", "--batch"], input: Array(input.utf8))
            var rest = answer.output[...]
            for file in part {
                // As in `0123456789abcdef… blob 1234`, the bytes, and the end of a line.
                guard answer.status == 0, let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                    throw .git("git cannot read `\(file.path)`: \(Self.reason(answer.errors))")
                }
                let words = rest[..<end].split(separator: UInt8(ascii: " "))
                rest = rest[(end + 1)...]
                guard words.count == 3, let size = Int(String(decoding: words[2], as: UTF8.self)), size < rest.count
                else {
                    throw .git("git does not have the content of `\(file.path)` (a partial clone?)")
                }
                contents.append(Array(rest.prefix(size)))
                rest = rest.dropFirst(size + 1)
            }
        }
        return contents
    }

    private static func git(
        _ folder: String, _ words: [String], input: [UInt8] = []
    ) throws(DiffError) -> ChildProcess.Outcome {
        do throws(SystemError) {
            let outcome = try ChildProcess.run(["git", "-C", folder] + words, input: input)
            // What a shell answers for a program that is not there; so do some systems here.
            if outcome.status == 127 { throw .missing }
            return outcome
        } catch {
            throw .git(
                error.isAbsence
                    ? "git is needed to read a revision, and there is no program `git` on the PATH\n"
                        + "help: install it, or name a folder of templates instead, as in `--from old/`"
                    : "cannot run git: \(error.message)")
        }
    }

    private static func line(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// Git's own words, of which the first line says most.
    private static func reason(_ errors: String) -> String {
        let lines = errors.split(separator: "\n")
        let first = lines.first { $0.hasPrefix("fatal: ") } ?? lines.first ?? "git does not say why"
        return String(first.hasPrefix("fatal: ") ? first.dropFirst(7) : first)
    }
}
