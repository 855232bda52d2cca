import DorcTestSupport
import DorcText
import Foundation
import Testing

@testable import DorcDiff

/// Changes, and what is said of them. `DORC_RECORD=1 swift test --filter DifferenceCaseTests` records anew.
@Suite struct DifferenceCaseTests {
    @Test func `there are cases`() {
        #expect(DifferenceCase.all.count >= 40)
    }

    @Test(arguments: DifferenceCase.all)
    func `what is said of a change is as recorded`(_ each: DifferenceCase) throws {
        let texts = DifferenceCase.texts(of: try each.difference())
        let difference = try Golden.difference(
            of: texts, from: each.folder, leaving: DifferenceCase.isInput, tests: "DifferenceCaseTests")
        if let difference { Issue.record("\(difference)") }
    }

    /// Text, Markdown and JSON are compared by what they say of each entry, resource and stack.
    @Test(arguments: DifferenceCase.all)
    func `text, Markdown and JSON say the same`(_ each: DifferenceCase) throws {
        let difference = try each.difference()
        let texts = DifferenceCase.texts(of: difference)
        let text = Self.plain(texts["difference.txt"] ?? "")
        let markdown = Self.plain(texts["difference.md"] ?? "")
        let json = try #require(JSONValue<String>(json: Array((texts["difference.json"] ?? "").utf8)))
        let stacks = json["stacks"]?.items ?? []
        #expect(stacks.count == difference.stacks.count)
        var facts: [String] = []
        // Where several stacks change in the same way, text and Markdown tell it of the first.
        let groups = StackGroup.all(of: difference)
        let folded = Set(groups.flatMap(\.others).map(\.key.name))
        #expect(groups.reduce(0) { $0 + 1 + $1.others.count } == stacks.count)
        for stack in stacks {
            facts.append(stack["name"]?.text ?? "")
            if folded.contains(stack["name"]?.text ?? "") { continue }
            facts += [stack["name"]?.text, stack["region"]?.text, stack["account"]?.text].compactMap { $0 }
            for resource in stack["resources"]?.items ?? [] {
                facts.append(resource["name"]?.text ?? resource["id"]?.text ?? "")
                facts += resource["lost"]?.items.compactMap(\.text) ?? []
                facts += resource["obstacle"].map { [$0.text ?? ""] } ?? []
                facts += (resource["entries"]?.items ?? []).flatMap(Self.facts)
            }
            facts += (stack["entries"]?.items ?? []).flatMap(Self.facts)
        }
        for fact in Set(facts.map { Self.plain(DifferenceText.safe($0)) }) {
            #expect(text.contains(fact), "the text does not say `\(fact)`")
            #expect(markdown.contains(fact), "the Markdown does not say `\(fact)`")
        }
        for sentence in DifferenceSummary(difference).sentences where !difference.isEmpty {
            #expect(text.contains(Self.plain(sentence)) && markdown.contains(Self.plain(sentence)))
        }
        #expect(json["summary"]?["wider"]?.integer == DifferenceSummary(difference).wider)
    }

    private static func facts(_ entry: JSONValue<String>) -> [String] {
        ["subject", "object", "old", "new", "note", "effect"].compactMap { entry[$0]?.text }.filter { !$0.isEmpty }
    }

    /// Without what only gives a text its form: escapes, quotes and white space.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.replacing("<!-- -->", with: "").unicodeScalars.filter { !" \n\\`".unicodeScalars.contains($0) }))
    }

    @Test func `a side does not differ from itself`() throws {
        let files = try Folders.files(below: DifferenceCase.root.deletingLastPathComponent().appending(path: "Base"))
        let side = try DifferenceCase.side(files)
        let clock = RunClock(now: 0) { _ in nil }
        let difference = try ProjectComparison(old: side, new: side, clock: clock)
            .difference(oldName: "one", newName: "other")
        #expect(difference.isEmpty)
    }
}
