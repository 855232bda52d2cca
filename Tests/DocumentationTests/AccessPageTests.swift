import DorcModel
import DorcTestSupport
import DorcText
import Testing

@Suite struct AccessPageTests {
    @Test func `every word has an example`() {
        let words = AccessPage.examples.flatMap(\.words)
        #expect(AccessWord.allCases.filter { !words.contains($0) } == [])
    }

    @Test(arguments: AccessPage.examples.map(\.access))
    func `every example is without a finding, and means something`(_ access: String) {
        let loaded = AccessPage.repository(access).graph()
        #expect(loaded.findings.map(\.summary) == [])
        let function = loaded.project?.pipelines.first?.environments.first?.functions.first
        #expect(function?.access?.grants.isEmpty == false)
    }
}
