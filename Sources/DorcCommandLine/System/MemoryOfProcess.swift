/// What is there until the process ends.
enum MemoryOfProcess {
    private final class Kept<Value> {
        let value: Value

        init(_ value: Value) {
            self.value = value
        }
    }

    /// The system takes back all memory at once, when a command is over. To free a large project's graph piece by piece
    /// before that would be a fortieth of the run's work.
    static func keep<Value>(_ value: Value) { _ = Unmanaged.passRetained(Kept(value)) }
}
