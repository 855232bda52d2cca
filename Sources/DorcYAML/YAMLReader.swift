internal import CLibYAML
package import DorcText

/// Reads one YAML file through libyaml's events into a tree of nodes that know their places.
///
/// Aliases and merge keys are written out, within `YAMLLimits.nodes`. A syntax error ends the reading; every other
/// mistake (a duplicate key, an unknown alias) is reported and the reading goes on.
package struct YAMLReader {
    private let file: SourceFile
    private let limits: YAMLLimits
    private var diagnostics = Diagnostics()
    private var stack: [Frame] = []
    private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
    /// Where an alias is that leads nowhere: it has been reported.
    private var unknownAliases: Set<SourcePosition> = []
    private var nodeCount = 0
    private var root: YAMLNode?

    /// A list or mapping that is still open.
    private struct Frame {
        let isMapping: Bool
        let start: SourcePosition
        let tag: String?
        let anchor: String?
        let nodesBefore: Int
        var items: [YAMLNode] = []
        var entries: [YAMLNode.Entry] = []
        var key: (text: String, range: SourceRange, isMerge: Bool)?
        /// A key that is a list or a mapping was refused: its value is dropped.
        var dropsValue = false
        /// Of entries that are too many to look through, where each key was written last.
        private var places: [ExactText: SourceRange] = [:]
        private var placed = 0

        init(isMapping: Bool, start: SourcePosition, tag: String?, anchor: String?, nodesBefore: Int) {
            self.isMapping = isMapping
            self.start = start
            self.tag = tag
            self.anchor = anchor
            self.nodesBefore = nodesBefore
            // As many as most have.
            if isMapping { entries.reserveCapacity(4) } else { items.reserveCapacity(4) }
        }

        /// Where the key was written last before.
        mutating func place(of key: String) -> SourceRange? {
            if entries.count < 16 {
                let length = key.utf8.count
                return entries.indices.last { index in
                    entries[index].key.utf8.count == length && ExactText(entries[index].key) == ExactText(key)
                }.map { entries[$0].keyRange }
            }
            for entry in entries[placed...] { places[ExactText(entry.key)] = entry.keyRange }
            placed = entries.count
            return places[ExactText(key)]
        }
    }

    /// Of libyaml, which finds the mistakes in YAML's grammar: `0.2.5`.
    package static var libraryVersion: String { String(cString: yaml_get_version_string()) }

    /// The document's root node; nil for an empty file, or when there was an error.
    package static func read(
        _ file: SourceFile, limits: YAMLLimits = YAMLLimits(), into diagnostics: inout Diagnostics
    ) -> YAMLNode? {
        guard file.bytes.count <= limits.bytes else {
            diagnostics.report(.yamlTooLarge(file.bytes.count, limit: limits.bytes, at: file.wholeFile))
            return nil
        }
        if let problem = YAMLEncoding.check(file) ?? YAMLDirectives.check(file) {
            diagnostics.report(problem)
            return nil
        }
        var reader = YAMLReader(file: file, limits: limits)
        reader.run()
        diagnostics.report(contentsOf: reader.diagnostics)
        return reader.diagnostics.hasErrors ? nil : reader.root
    }

    private init(file: SourceFile, limits: YAMLLimits) {
        self.file = file
        self.limits = limits
    }

    private mutating func run() {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            diagnostics.report(.yamlSyntax("the memory does not suffice to read the file", at: file.wholeFile))
            return
        }
        defer { yaml_parser_delete(&parser) }
        let content = file.bytes[file.contentStart...]
        content.withUnsafeBufferPointer { buffer in
            yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            var documents = 0
            while true {
                var event = yaml_event_t()
                guard yaml_parser_parse(&parser, &event) == 1 else {
                    reportSyntaxError(of: parser)
                    return
                }
                defer { yaml_event_delete(&event) }
                if event.type == YAML_STREAM_END_EVENT { return }
                if event.type == YAML_DOCUMENT_START_EVENT {
                    documents += 1
                    if documents > 1 {
                        diagnostics.report(.yamlSeveralDocuments(at: range(of: event)))
                        return
                    }
                }
                guard accept(event) else { return }
            }
        }
    }

    /// Takes one event; false where reading can't go on.
    private mutating func accept(_ event: yaml_event_t) -> Bool {
        switch event.type {
        case YAML_SCALAR_EVENT:
            acceptScalar(event)
        case YAML_ALIAS_EVENT:
            acceptAlias(named: text(event.data.alias.anchor) ?? "", range: range(of: event))
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            return open(isMapping: false, event, tag: data.tag, anchor: data.anchor)
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            return open(isMapping: true, event, tag: data.tag, anchor: data.anchor)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            close(end: position(event.end_mark))
        default:
            break
        }
        if nodeCount > limits.nodes {
            diagnostics.report(.yamlTooManyNodes(limit: limits.nodes, at: range(of: event)))
            return false
        }
        return true
    }

    private mutating func acceptScalar(_ event: yaml_event_t) {
        let data = event.data.scalar
        let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
        let style: YAMLNode.ScalarStyle =
            switch data.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
            case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
            default: .plain
            }
        nodeCount += 1
        let content = YAMLNode.Content.scalar(String(decoding: bytes, as: UTF8.self), style)
        let node = YAMLNode(content, tag: tag(data.tag), range: range(of: event))
        if data.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE, YAMLEscapes.areSuspected(in: bytes),
            let mistake = YAMLEscapes.mistake(at: node.range.start, in: file)
        {
            diagnostics.report(mistake)
        }
        if let anchor = text(data.anchor) { anchors[anchor] = (node, 1) }
        add(node)
    }

    private mutating func acceptAlias(named name: String, range: SourceRange) {
        guard let (node, size) = anchors[name] else {
            diagnostics.report(.yamlUnknownAlias(name, at: range))
            unknownAliases.insert(range.start)
            return add(YAMLNode(.scalar("", .plain), range: range))
        }
        nodeCount += size
        add(node)
    }

    private mutating func open(
        isMapping: Bool, _ event: yaml_event_t, tag tagText: UnsafeMutablePointer<UInt8>?,
        anchor: UnsafeMutablePointer<UInt8>?
    ) -> Bool {
        guard stack.count < limits.depth else {
            diagnostics.report(.yamlTooDeep(limit: limits.depth, at: range(of: event)))
            return false
        }
        nodeCount += 1
        stack.append(
            Frame(
                isMapping: isMapping, start: position(event.start_mark), tag: tag(tagText), anchor: text(anchor),
                nodesBefore: nodeCount - 1))
        return true
    }

    private mutating func close(end: SourcePosition) {
        guard let frame = stack.popLast() else { return }
        let range = SourceRange(file: file, start: frame.start, end: end)
        let content: YAMLNode.Content = frame.isMapping ? .mapping(merged(frame.entries)) : .sequence(frame.items)
        let node = YAMLNode(content, tag: frame.tag, range: range)
        if let anchor = frame.anchor { anchors[anchor] = (node, nodeCount - frame.nodesBefore) }
        add(node)
    }

    /// Hands a finished node to the list or mapping that it is in, which is changed in place.
    private mutating func add(_ node: consuming YAMLNode) {
        guard let top = stack.indices.last else {
            if root == nil { root = node }
            return
        }
        guard stack[top].isMapping else {
            stack[top].items.append(node)
            return
        }
        if stack[top].dropsValue {
            stack[top].dropsValue = false
        } else if let key = stack[top].key.take() {
            stack[top].entries.append(
                YAMLNode.Entry(key: key.text, keyRange: key.range, value: node, isMerge: key.isMerge))
        } else if case .scalar(let text, let style) = node.content, node.tag == nil {
            let isMerge = text == "<<" && style == .plain
            if let first = stack[top].place(of: text) {
                diagnostics.report(.yamlDuplicateKey(text, isMerge: isMerge, at: node.range, first: first))
            }
            stack[top].key = (text, node.range, isMerge)
        } else {
            diagnostics.report(.yamlKey(at: node.range))
            stack[top].dropsValue = true
        }
    }

    /// Writes `<<` out: keys of the mapping itself win, then those of earlier merged mappings.
    private mutating func merged(_ entries: [YAMLNode.Entry]) -> [YAMLNode.Entry] {
        guard entries.contains(where: \.isMerge) else { return entries }
        var result = entries.filter { !$0.isMerge }
        var known = Set(result.map { ExactText($0.key) })
        for entry in entries where entry.isMerge {
            var sources: [[YAMLNode.Entry]] = []
            switch entry.value.content {
            case .mapping(let mapping): sources = [mapping]
            case .sequence(let items):
                for item in items {
                    if case .mapping(let mapping) = item.content {
                        sources.append(mapping)
                    } else {
                        reportMerge(of: item)
                    }
                }
            case .scalar: reportMerge(of: entry.value)
            }
            for source in sources {
                for inherited in source where known.insert(ExactText(inherited.key)).inserted {
                    result.append(inherited)
                }
            }
        }
        return result
    }

    private mutating func reportMerge(of node: YAMLNode) {
        guard !unknownAliases.contains(node.range.start) else { return }
        diagnostics.report(.yamlMerge(at: node.range))
    }

    private mutating func reportSyntaxError(of parser: yaml_parser_t) {
        let error = YAMLProblem(
            problem: parser.problem.map { String(cString: $0) } ?? "this is not YAML",
            place: parser.error == YAML_READER_ERROR ? .start : position(parser.problem_mark),
            context: parser.context.map { String(cString: $0) }, contextPlace: position(parser.context_mark))
        diagnostics.report(error.diagnostic(in: file))
    }

    private func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    /// As it is written: libyaml writes `!!str` out as `tag:yaml.org,2002:str`.
    private func tag(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        guard let tag = text(pointer) else { return nil }
        let core = "tag:yaml.org,2002:"
        return tag.hasPrefix(core) ? "!!" + tag.dropFirst(core.count) : tag
    }

    private func range(of event: yaml_event_t) -> SourceRange {
        SourceRange(file: file, start: position(event.start_mark), end: position(event.end_mark))
    }

    /// The one place that turns libyaml's 0-based marks into 1-based positions.
    private func position(_ mark: yaml_mark_t) -> SourcePosition {
        SourcePosition(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
    }
}

/// What one YAML file may cost. All are far above what people write, and far below what hurts.
package struct YAMLLimits: Sendable {
    /// Bytes of one file.
    package var bytes = 1 << 20
    /// Mappings and lists inside one another.
    package var depth = 64
    /// Nodes after aliases and merge keys are written out: a "billion laughs" file exceeds it.
    package var nodes = 200_000

    package init() {}
}
