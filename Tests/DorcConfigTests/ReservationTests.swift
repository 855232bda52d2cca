import DorcTestSupport
import Testing
@testable import DorcText

/// `reserved_concurrency` beside the `for_each` that calls the function.
@Suite struct ReservationTests {
    private func findings(_ step: String, function: String = "reserved_concurrency: 5, timeout: 1m") -> [Diagnostic] {
        Repository("functions: {load: {\(function)}}\nsteps: [extract, {name: load, \(step)}]")
            .load().findings.filter { $0.id == .fewerReserved }
    }

    @Test(arguments: [
        ("for_each: \"{% $states.input %}\", max_concurrency: 6", "for an hour or two"),
        ("for_each: {items: \"{% $states.input %}\"}, max_concurrency: 50, mode: express", "fails after 5m"),
        ("for_each: {items: \"{% $states.input %}\"}, max_concurrency: 6", "for an hour or two"),
        // 100 of a Distributed Map are at once where nothing is written.
        ("for_each: {s3: {bucket: landing}}, mode: express", "fails after 5m"),
        ("for_each: [1, 2, 3, 4, 5, 6], max_concurrency: 6", "for an hour or two"),
    ])
    func `more calls than are reserved are warned of, with the number to write`(step: String, help: String) {
        let found = findings(step)
        #expect(found.map(\.severity) == [.warning])
        #expect(found.first?.help?.contains("`max_concurrency: 5`") == true)
        #expect(found.first?.help?.contains(help) == true, "\(found)")
    }

    @Test(arguments: [
        ("for_each: \"{% $states.input %}\", max_concurrency: 5", "reserved_concurrency: 5"),
        // How many items there will be, nobody knows.
        ("for_each: \"{% $states.input %}\"", "reserved_concurrency: 5"),
        ("for_each: [1, 2, 3, 4, 5], max_concurrency: 40", "reserved_concurrency: 5"),
        ("for_each: {items: \"{% $states.input %}\"}, max_concurrency: 50", "timeout: 1m"),
        ("arguments: {}", "reserved_concurrency: 1"),
    ])
    func `other steps are not warned of`(step: String, function: String) {
        #expect(findings(step, function: function).isEmpty)
    }

    @Test func `the finding is at the number, and names both`() {
        let found = Repository(
            """
            functions: {load: {reserved_concurrency: 5}}
            steps:
              - extract
              - name: load
                for_each: "{% $states.input.files %}"
                max_concurrency: 20
            """
        ).load().findings.filter { $0.id == .fewerReserved }
        #expect(found.first?.range.start.line == 6)
        #expect(
            found.first?.summary
                == "`load` calls the function `load` up to 20 times at once, and its `reserved_concurrency` is 5: Lambda refuses the other calls"
        )
    }
}
