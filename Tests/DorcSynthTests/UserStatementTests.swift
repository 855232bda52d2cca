import DorcModel
import DorcText
import Testing

@testable import DorcSynth

@Suite struct UserStatementTests {
    private func permission(_ actions: String...) -> Permission {
        let start = SourcePosition(line: 1, column: 1)
        let range = SourceRange(file: SourceFile(path: "pipeline.yaml", text: ""), start: start, end: start)
        return Permission(range: range, actions: actions, resources: [.literal("*")])
    }

    private func sids(_ owner: String, _ permissions: Permission..., beside others: [PolicyStatement] = []) -> [String?]
    {
        var statements = UserStatements(beside: others)
        statements.add(permissions, of: owner)
        return statements.document.statements.map(\.sid)
    }

    @Test func `a statement says whose it is, and what it begins with`() {
        #expect(
            sids("fit-mean", permission("dynamodb:GetItem", "dynamodb:Query"), permission("glue:Get*"), permission("*"))
                == ["FitMeanDynamodbGetItem", "FitMeanGlueGet", "FitMean"])
        #expect(sids("load_2 é/x", permission("s3:*")) == ["Load2XS3"])
        #expect(sids("é", permission("*"), permission()) == ["Allowed", "Allowed2"])
    }

    @Test func `no two of a policy are equal`() {
        let own = PolicyStatement("WriteLogs", ["logs:PutLogEvents"])
        #expect(
            sids("write", permission("logs:*"), permission("logs:*"), permission("s3:*"), beside: [own])
                == ["WriteLogs", "WriteLogs2", "WriteLogs3", "WriteS3"])
    }
}
