internal import DorcText
internal import DorcYAML

/// What Airflow gives a callable beside its arguments: of its context, what the function's parameters are called, and with `**kwargs` all
/// of it (airflow/utils/operator_helpers.py, `determine_kwargs`).
struct CallableContext {
    /// Keywords that the step's `arguments` give, as templates would.
    private(set) var fields: PipelineDraft.Fields = []
    private(set) var words: [String] = []
    private(set) var usesLogicalDate = false
    /// What nothing gives, as in "`ti`".
    private(set) var missing: [String] = []

    init() {}

    /// - Parameters:
    ///   - given: the keywords that the task gives.
    ///   - count: how many arguments it gives without a keyword.
    init(_ signature: PythonSignature, given: Set<String>, count: Int, _ context: JinjaText.Context) {
        let positional = signature.parameters.filter { !$0.isKeyword }.prefix(count).map(\.name)
        let known = given.union(positional)
        for parameter in signature.parameters where !known.contains(parameter.name) {
            if Self.names.contains(parameter.name) {
                take(parameter.name, context)
            } else if !parameter.hasDefault {
                missing.append("`\(parameter.name)`")
            }
        }
        let (keys, others) = signature.readKeywords()
        for key in keys where !known.contains(key) && !fields.contains(where: { $0.key == key }) {
            if Self.names.contains(key) { take(key, context) }
        }
        if others, let keywords = signature.keywords { missing.append("what `**\(keywords)` has") }
    }

    private mutating func take(_ name: String, _ context: JinjaText.Context) {
        if name == "params" {
            let values = context.parameters.sorted().map {
                (key: $0, value: YAMLNode.string("{% \(JinjaText.input($0)) %}"))
            }
            return fields.append((name, .mapping(values)))
        }
        guard Self.texts.contains(name), let template = JinjaText("{{ \(name) }}", context) else {
            return missing.append("`\(name)`")
        }
        fields.append((name, .string(template.expression)))
        usesLogicalDate = usesLogicalDate || template.usesLogicalDate
        if !words.contains(template.words) { words.append(template.words) }
    }

    /// Those that are texts: the others are objects of Python's.
    private static let texts: Set<String> = [
        "ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz", "yesterday_ds", "yesterday_ds_nodash", "tomorrow_ds",
        "tomorrow_ds_nodash", "prev_ds", "prev_ds_nodash", "next_ds", "next_ds_nodash", "run_id",
    ]

    /// "Templates reference" of Airflow 2, and what `Context` has beside it.
    private static let names = texts.union([
        "conf", "conn", "dag", "dag_run", "data_interval_end", "data_interval_start", "exception", "execution_date",
        "expanded_ti_count", "inlet_events", "inlets", "logical_date", "macros", "map_index_template",
        "next_execution_date", "outlet_events", "outlets", "params", "prev_data_interval_end_success",
        "prev_data_interval_start_success", "prev_end_date_success", "prev_execution_date",
        "prev_execution_date_success", "prev_start_date_success", "task", "task_instance", "task_instance_key_str",
        "templates_dict", "test_mode", "ti", "triggering_asset_events", "triggering_dataset_events", "try_number",
        "var",
    ])
}
