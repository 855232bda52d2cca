// `stdout` is a variable there.
@preconcurrency import Glibc

/// Standard output and error as the system has them.
enum StandardStreams {
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
            if fflush(stdout) != 0 || failed { StandardStreams.fail(errno == 0 ? EIO : errno) }
        }
    }

    /// Writes all of it, without a buffer.
    ///
    /// - Returns: the system's error code; nil where all is written.
    static func write(_ text: String, to stream: Int32) -> Int32? {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { return errno }
            rest = rest.dropFirst(max(0, count))
        }
        return nil
    }

    /// Ends the program: a result that did not reach its reader is no success.
    static func fail(_ code: Int32) -> Never {
        _ = write("error: cannot write to standard output: \(systemMessage(code))\n", to: STDERR_FILENO)
        _exit(1)
    }
}
