#if canImport(Glibc)
    // `stdout` is a variable there.
    @preconcurrency import Glibc
#elseif canImport(Darwin)
    @preconcurrency import Darwin
#endif

/// Standard input, output and error as the system has them.
enum StandardStreams {
    static let output: Int32 = STDOUT_FILENO
    static let error: Int32 = STDERR_FILENO

    static var isInputATerminal: Bool { isatty(STDIN_FILENO) == 1 }
    static func isATerminal(_ stream: Int32) -> Bool { isatty(stream) == 1 }

    /// To be called before anything else is opened and printed.
    ///
    /// A stream that the caller has closed would give its number to the next file that is opened, and what is printed
    /// would land there. And a failure to print shows only when buffers are written out: at the end.
    static func prepare() {
        for (stream, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(stream, F_GETFD) < 0 {
            // The lowest free number is the stream's. Standard output stays one that cannot be written to.
            _ = open("/dev/null", mode)
        }
        atexit {
            let failed = ferror(stdout) != 0
            if fflush(stdout) != 0 || failed { StandardStreams.fail(errno == 0 ? .inputOutput : .last) }
        }
    }

    /// Writes all of it, without a buffer.
    ///
    /// - Returns: nil where all is written.
    static func write(_ text: String, to stream: Int32) -> SystemError? { writeAll(text.utf8, to: stream) }

    /// Ends the program: a result that did not reach its reader is no success.
    static func fail(_ error: SystemError) -> Never {
        _ = write("error: cannot write to standard output: \(error.message)\n", to: STDERR_FILENO)
        _exit(1)
    }
}

/// What surrounds the process.
enum Surroundings {
    /// A variable of the environment; nil where it is not set.
    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Nil where it is not set, or empty.
    static func nonEmpty(_ name: String) -> String? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }

    static var user: UInt32 { geteuid() }
    static var process: Int32 { getpid() }

    /// Since 1 January 1970, UTC.
    static var seconds: Int { time(nil) }

    static func end(_ status: Int32) -> Never { exit(status) }

    static func sleep(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}
