import Testing
@testable import DorcText

@Suite struct SuggestionTests {
    static let keys = ["cpu", "memory", "schedule", "steps", "timeout", "trigger", "retry_policy", "environment"]

    @Test(arguments: [
        ("memry", "memory"),  // removed
        ("memoory", "memory"),  // inserted
        ("memorx", "memory"),  // replaced
        ("meomry", "memory"),  // swapped
        ("shcedlue", "schedule"),
        ("evnironmnet", "environment"),
        ("cpi", "cpu"),
    ])
    func `a typing mistake is put right`(name: String, expected: String) {
        #expect(Suggestion.closest(to: name, among: Self.keys) == expected)
    }

    @Test(arguments: [
        ("CPU", "cpu"),
        ("retry-policy", "retry_policy"),
        ("RETRY-POLICIE", "retry_policy"),
        ("step", "steps"),
        ("timeouts", "timeout"),
        ("Triggers", "trigger"),
    ])
    func `case, dashes and a plural are found`(name: String, expected: String) {
        #expect(Suggestion.closest(to: name, among: Self.keys) == expected)
    }

    @Test(arguments: ["", "x", "cat", "colour", "tmeuotxy", "environs_and_more", "memorymemory"])
    func `what is too far from everything has no suggestion`(name: String) {
        #expect(Suggestion.closest(to: name, among: Self.keys) == nil)
    }

    @Test(arguments: [
        ("ab", "abc", true), ("ab", "abcd", false),
        ("abcdef", "abcdxy", true), ("abcdef", "abcxyz", false),
        ("abcdefghi", "abcdefxyz", true), ("abcdefgh", "abcdexyz", false),
    ])
    func `a third of the length may differ, and always one character`(name: String, candidate: String, isClose: Bool) {
        #expect(Suggestion.closest(to: name, among: [candidate]) == (isClose ? candidate : nil))
    }

    @Test(arguments: [["cart", "card", "care"], ["care", "cart", "card"], ["card", "care", "cart"]])
    func `the first in alphabetical order wins a tie, in whatever order they come`(candidates: [String]) {
        #expect(Suggestion.closest(to: "carx", among: candidates) == "card")
    }

    @Test func `the same but for case comes before a nearer spelling`() {
        #expect(Suggestion.closest(to: "NAME", among: ["nam", "fame", "name"]) == "name")
        #expect(Suggestion.closest(to: "step", among: ["stem", "steps"]) == "steps")
    }

    @Test func `a candidate that is the name itself comes first`() {
        #expect(Suggestion.closest(to: "steps", among: ["Steps", "step", "steps"]) == "steps")
    }

    @Test func `no candidates, no suggestion`() {
        #expect(Suggestion.closest(to: "name", among: []) == nil)
        #expect(Suggestion.closest(to: "name", among: Set<String>()) == nil)
        #expect(Suggestion.closest(to: "a", among: [""]) == nil)
    }

    @Test func `names over 100 characters have no suggestion`() {
        let name = String(repeating: "a", count: 100)
        #expect(Suggestion.closest(to: name, among: [name + "b"]) == name + "b")
        #expect(Suggestion.closest(to: name + "c", among: [name + "b"]) == nil)
    }

    @Test func `letters beyond ASCII count as one character`() {
        #expect(Suggestion.closest(to: "größe", among: ["grösse", "grüße"]) == "grüße")
    }
}
