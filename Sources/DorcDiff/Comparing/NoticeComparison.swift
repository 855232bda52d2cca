internal import DorcText

/// Whom topics and channels tell of what, and when an alarm without success goes off.
enum NoticeComparison {
    static func compare(type: String, _ old: Tree?, _ new: Tree, into entries: inout [Entry]) {
        switch type {
        case "AWS::SNS::Topic":
            let (before, after) = (old.map(recipients) ?? [], recipients(new))
            entries += before.filter { !after.contains($0) }.map { Entry(.recipient, $0, change: .removed) }
            entries += after.filter { !before.contains($0) }.map { Entry(.recipient, $0, change: .added) }
        case "AWS::Events::Rule":
            let (before, after) = (old.map(messages) ?? [], messages(new))
            for (id, transformer) in before where !after.contains(where: { $0.id == id }) {
                entries.append(Entry(.message, id, old: headline(transformer), new: nil))
            }
            for (id, transformer) in after {
                guard let was = before.first(where: { $0.id == id })?.transformer else {
                    entries.append(Entry(.message, id, new: headline(transformer)))
                    continue
                }
                if was.isSameProperty(as: transformer) { continue }
                let (first, second) = (headline(was), headline(transformer))
                entries.append(
                    first == second
                        ? Entry(.message, id, note: "its other lines", change: .changed)
                        : Entry(.message, id, old: first, new: second))
            }
        case "AWS::Chatbot::SlackChannelConfiguration" where old == nil:
            if let channel = new["SlackChannelId"]?.scalar {
                entries.append(Entry(.recipient, "Slack channel \(channel)", change: .added))
            }
        case "AWS::CloudWatch::Alarm":
            let (before, after) = (old.flatMap(window), window(new))
            if let after, before != after { entries.append(Entry(.alert, "", old: before, new: after)) }
        default: break
        }
    }

    /// The properties without what is compared here.
    static func rest(type: String, _ properties: Tree) -> Tree {
        guard case .object(let members) = properties else { return properties }
        switch type {
        case "AWS::SNS::Topic" where !recipients(properties).isEmpty:
            return .object(members.filter { $0.name != "Subscription" })
        case "AWS::CloudWatch::Alarm" where window(properties) != nil:
            // The time is in the description too.
            return .object(
                members.filter { !["Period", "EvaluationPeriods", "AlarmDescription"].contains($0.name) })
        case "AWS::Events::Rule":
            return .object(
                members.map { member in
                    guard member.name == "Targets", case .list(let targets) = member.value else { return member }
                    return .init(name: member.name, value: .list(targets.map(withoutMessage)))
                })
        default: return properties
        }
    }

    /// Addresses, in the order of the template; empty where there are subscriptions of another kind.
    private static func recipients(_ topic: Tree) -> [String] {
        let subscriptions = topic["Subscription"]?.items ?? []
        let addresses = subscriptions.compactMap { subscription in
            subscription["Protocol"]?.scalar == "email" ? subscription["Endpoint"]?.scalar : nil
        }
        return addresses.count == subscriptions.count ? addresses : []
    }

    /// What a rule sends in words, by target.
    private static func messages(_ rule: Tree) -> [(id: String, transformer: Tree)] {
        (rule["Targets"]?.items ?? []).compactMap { target in
            guard let id = target["Id"]?.scalar, let transformer = target["InputTransformer"] else { return nil }
            return (id, transformer)
        }
    }

    private static func withoutMessage(_ target: Tree) -> Tree {
        guard target["Id"]?.scalar != nil, case .object(let members) = target else { return target }
        return .object(members.filter { $0.name != "InputTransformer" })
    }

    /// The first line of a text, or the title of a message to a channel.
    private static func headline(_ transformer: Tree) -> String {
        let template = transformer["InputTemplate"]?.shown ?? ""
        let start = template.split(separator: "\"title\":\"", maxSplits: 1).last ?? template[...]
        return String(start.drop { $0 == "\"" }.prefix { $0 != "\"" })
    }

    /// How long a run may not have succeeded.
    private static func window(_ alarm: Tree) -> String? {
        guard alarm["MetricName"]?.scalar == "ExecutionsSucceeded", let period = alarm["Period"]?.integer,
            let periods = alarm["EvaluationPeriods"]?.integer
        else { return nil }
        let (seconds, isTooLong) = period.multipliedReportingOverflow(by: periods)
        return isTooLong ? nil : Duration(seconds).description
    }
}
