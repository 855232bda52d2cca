#if canImport(Glibc)
    // `environ` is a variable there.
    @preconcurrency import Glibc
#elseif canImport(Darwin)
    @preconcurrency import Darwin
#endif

/// Another program, run to its end.
struct ChildProcess {
    struct Outcome {
        /// 0 where all went well; of one that a signal ended, 128 and its number.
        var status: Int32
        var output: [UInt8]
        var errors: String
    }

    /// Bytes that a pipe surely takes before anybody reads.
    static let longestInput = 16_000

    /// - Parameter input: at most `longestInput` bytes.
    static func run(_ words: [String], input: [UInt8] = []) throws(SystemError) -> Outcome {
        let toChild = try Pipe()
        let output = try Pipe()
        let errors = try Pipe()
        if let failure = writeAll(input.prefix(longestInput), to: toChild.writing) { throw failure }
        toChild.closeWriting()
        let process = try start(words, toChild, output, errors)
        toChild.closeReading()
        output.closeWriting()
        errors.closeWriting()
        let (result, messages) = readAll(output.reading, errors.reading)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw .last }
        }
        let signal = status & 0x7F
        return Outcome(
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: result,
            errors: String(decoding: messages, as: UTF8.self))
    }

    private static func start(
        _ words: [String], _ input: Pipe, _ output: Pipe, _ errors: Pipe
    ) throws(SystemError) -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.reading, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors.writing, STDERR_FILENO)
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, words.first ?? "", &actions, nil, &arguments, environ)
        guard code == 0 else { throw SystemError(code: code) }
        return process
    }

    /// Both streams side by side: a program that fills one waits until it is read.
    private static func readAll(_ first: Int32, _ second: Int32) -> ([UInt8], [UInt8]) {
        var streams: [(descriptor: Int32, bytes: [UInt8], isOpen: Bool)] = [(first, [], true), (second, [], true)]
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while streams.contains(where: \.isOpen) {
            var waiting = streams.map { pollfd(fd: $0.isOpen ? $0.descriptor : -1, events: Int16(POLLIN), revents: 0) }
            guard poll(&waiting, nfds_t(waiting.count), -1) >= 0 || errno == EINTR else { break }
            for index in streams.indices where waiting[index].revents != 0 {
                let count = read(streams[index].descriptor, &buffer, buffer.count)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { streams[index].isOpen = false } else { streams[index].bytes += buffer[..<count] }
            }
        }
        return (streams[0].bytes, streams[1].bytes)
    }

    /// Its ends are not handed to other programs, and are closed with its value at the latest.
    private final class Pipe {
        private(set) var reading: Int32
        private(set) var writing: Int32

        init() throws(SystemError) {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw .last }
            (reading, writing) = (ends[0], ends[1])
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }

        func closeReading() {
            if reading >= 0 { _ = close(reading) }
            reading = -1
        }

        func closeWriting() {
            if writing >= 0 { _ = close(writing) }
            writing = -1
        }

        deinit {
            closeReading()
            closeWriting()
        }
    }
}
