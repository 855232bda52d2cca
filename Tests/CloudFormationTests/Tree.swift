import DorcText
import CloudFormation
import DorcModel

/// A template as a whole, for tests that write one in several ways.
indirect enum Tree {
    case string(String)
    case integer(Int)
    case number(String)
    case boolean(Bool)
    case null
    case list([Tree])
    case map([Member])
    case ref(String)
    /// `LogicalID.Attribute`
    case getAtt(String)
    case sub(String)
    case importValue(Tree)
    case split(String, Tree)
    case join(String, Tree)
    case select(Int, Tree)

    struct Member {
        var key: String
        var value: Tree

        init(_ key: String, _ value: Tree) {
            self.key = key
            self.value = value
        }
    }

    func text(_ form: TemplateWriter.Form) -> String {
        var writer = TemplateWriter(form)
        write(to: &writer)
        return String(decoding: writer.finish(), as: UTF8.self)
    }

    func write(to writer: inout TemplateWriter) {
        switch self {
        case .string(let text): writer.add(text)
        case .integer(let number): writer.add(number)
        case .number(let text): if let number = JSONNumber(text) { writer.add(number) }
        case .boolean(let flag): writer.add(flag)
        case .null: writer.addNull()
        case .list(let items):
            writer.list {
                for item in items { item.write(to: &$0) }
            }
        case .map(let members):
            writer.object {
                for member in members {
                    $0.key(member.key)
                    member.value.write(to: &$0)
                }
            }
        case .getAtt(let path):
            let parts = path.split(separator: ".")
            writer.add(.getAtt(LogicalID(text: String(parts[0])), parts[1] == "Arn" ? "Arn" : "GroupId"))
        case .ref, .sub, .importValue, .split, .join, .select:
            if let value = deployTime { writer.add(.deployTime(value)) }
        }
    }

    private var deployTime: CloudFormationValue? {
        switch self {
        case .string(let text): .text(text)
        case .ref(let name): .ref(name)
        case .sub(let text): .sub(text)
        case .list(let items): .list(items.compactMap(\.deployTime))
        case .importValue(let name): name.deployTime.map { .importValue($0) }
        case .split(let delimiter, let text): text.deployTime.map { .split(delimiter, $0) }
        case .join(let delimiter, let list): list.deployTime.map { .join(delimiter, $0) }
        case .select(let index, let list): list.deployTime.map { .select(index, $0) }
        case .integer, .number, .boolean, .null, .map, .getAtt: nil
        }
    }
}
