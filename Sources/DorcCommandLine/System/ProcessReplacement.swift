#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Another program in the place of this one: its terminal, its signals and its exit status are those of the process.
enum ProcessReplacement {
    /// Returns only where the system refuses. `words` begins with the path of the program.
    static func become(_ words: [String]) -> SystemError {
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        guard let path = words.first else { return .missing }
        _ = execv(path, &arguments)
        return .last
    }
}

/// Bytes that the program that takes this one's place can read by a path, once. No name leads to them: nothing is left of
/// them when both are gone, however they end.
struct InheritedFile {
    /// As in `/dev/fd/3`.
    let path: String

    init(_ bytes: [UInt8], temporaryFolder: String) throws(SystemError) {
        if let descriptor = try Self.pipe(bytes) {
            path = "/dev/fd/\(descriptor)"
        } else {
            path = "/dev/fd/\(try Self.file(bytes, in: temporaryFolder))"
        }
    }

    /// Nil where a pipe does not take so much before anybody reads.
    private static func pipe(_ bytes: [UInt8]) throws(SystemError) -> Int32? {
        var ends: [Int32] = [-1, -1]
        guard systemPipe(&ends) == 0 else { throw .last }
        let (reading, writing) = (ends[0], ends[1])
        defer { _ = close(writing) }
        #if os(Linux)
            // `F_SETPIPE_SZ`, which Swift's Glibc module leaves out: up to 1 MiB for every user (pipe(7)).
            _ = fcntl(writing, 1031, Int32(clamping: bytes.count))
        #endif
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        guard let failure = writeAll(bytes, to: writing) else { return reading }
        _ = close(reading)
        guard failure.code == EAGAIN else { throw failure }
        return nil
    }

    private static func file(_ bytes: [UInt8], in folder: String) throws(SystemError) -> Int32 {
        var template = Array("\(folder)/dorc-plan-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .last }
        _ = unlink(template)
        if let failure = writeAll(bytes, to: descriptor) { throw failure }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .last }
        return descriptor
    }
}

private func systemPipe(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }
