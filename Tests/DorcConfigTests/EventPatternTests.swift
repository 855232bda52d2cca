import DorcTestSupport
import Testing
@testable import DorcText

@Suite struct EventPatternTests {
    private func findings(_ pattern: String) -> [Diagnostic] {
        Repository("steps: [extract, load]\ntriggers: [{name: t, event: \(pattern)}]").load().findings
    }

    @Test(arguments: [
        "{source: [my.app]}", "{source: [my.app], detail-type: [Ready, Steady], detail: {rows: [1, true]}}",
        "{detail: {key: [{prefix: census/}, {suffix: .csv}, {wildcard: 'a/*/b'}]}}",
        "{detail: {key: [{prefix: {equals-ignore-case: Census}}]}}",
        "{detail: {rows: [{numeric: ['>=', 0, '<', 10]}], size: [{numeric: ['=', 5]}]}}",
        "{detail: {error: [{exists: false}], state: [{anything-but: [ok, no]}], key: [{anything-but: {prefix: x}}]}}",
        "{detail: {ip: [{cidr: 10.0.0.0/24}, {cidr: '2001:db8::/32'}]}}", "{detail: {name: [{equals-ignore-case: X}]}}",
        "{$or: [{source: [a]}, {detail: {x: [1]}}]}", "{detail: {$or: [{x: [1]}, {y: [2]}]}}",
        "{detail: {key: [{wildcard: 'a\\\\*b'}]}}", "{detail: {key: [{anything-but: {wildcard: ['*/x', '*/y']}}]}}",
    ])
    func `a pattern that EventBridge takes is let through`(pattern: String) { #expect(findings(pattern) == []) }

    @Test(arguments: [
        "{source: ⟦my.app⟧}", "{source: ⟦[]⟧}", "{detail: ⟦{}⟧}", "⟦[my.app]⟧", "⟦{}⟧",
        "{detail: {key: ⟦{prefix: x}⟧}}", "{detail: {key: [{⟦begins⟧: x}]}}", "{detail: {key: [⟦[x]⟧]}}",
        "{detail: {key: [⟦{prefix: x, suffix: y}⟧]}}", "{detail: {key: [⟦null⟧]}}",
        "{detail: {key: [{prefix: ⟦5⟧}]}}", "{detail: {key: [{exists: ⟦maybe⟧}]}}",
        "{detail: {key: [{numeric: ⟦['>', x]⟧}]}}", "{detail: {key: [{numeric: ⟦['<', 1, '>', 5]⟧}]}}",
        "{detail: {key: [{numeric: ⟦['>']⟧}]}}", "{detail: {key: [{numeric: ⟦['=', 6000000000]⟧}]}}",
        "{detail: {key: [{cidr: ⟦10.0.0.0⟧}]}}", "{detail: {key: [{cidr: ⟦10.0.0.0/33⟧}]}}",
        "{detail: {key: [{cidr: ⟦10.0.0.256/8⟧}]}}", "{detail: {key: [{cidr: ⟦'x::/8'⟧}]}}",
        "{detail: {key: [{wildcard: ⟦a**b⟧}]}}", "{detail: {key: [{wildcard: ⟦a\\⟧}]}}",
        "{detail: {key: [{anything-but: ⟦[]⟧}]}}", "{detail: {key: [{anything-but: ⟦{numeric: ['=', 1]}⟧}]}}",
        "{$or: ⟦[{source: [a]}]⟧}", "{⟦sourc⟧: [a]}",
    ])
    func `a pattern that matches nothing or is refused is an error at its place`(pattern: String) throws {
        let marked = Marked("steps: [extract, load]\ntriggers: [{name: t, event: \(pattern)}]")
        let findings = Repository(marked.text).load().findings
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.id == .eventPattern)
        #expect(finding.place == marked.place)
    }
}
