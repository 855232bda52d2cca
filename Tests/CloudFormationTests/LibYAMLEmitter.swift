import CLibYAML
import CloudFormation

/// libyaml's emitter, set up as dorc's templates are laid out: what `TemplateWriter` is compared with.
struct LibYAMLEmitter: ~Copyable {
    private let emitter: UnsafeMutablePointer<yaml_emitter_t>
    private let output: UnsafeMutablePointer<[UInt8]>
    private var failed = false

    /// Nil where libyaml refuses to write it.
    static func write(_ tree: Tree) -> String? {
        guard var emitter = LibYAMLEmitter() else { return nil }
        emitter.emitDocument(tree)
        return emitter.failed ? nil : String(decoding: emitter.output.pointee, as: UTF8.self)
    }

    private init?() {
        emitter = .allocate(capacity: 1)
        emitter.initialize(to: yaml_emitter_t())
        output = .allocate(capacity: 1)
        output.initialize(to: [])
        output.pointee.reserveCapacity(1 << 14)
        guard yaml_emitter_initialize(emitter) == 1 else {
            emitter.deallocate()
            output.deinitialize(count: 1)
            output.deallocate()
            return nil
        }
        yaml_emitter_set_unicode(emitter, 0)
        yaml_emitter_set_width(emitter, -1)
        yaml_emitter_set_output(
            emitter,
            { context, bytes, count in
                guard let context, let bytes else { return 0 }
                let output = context.assumingMemoryBound(to: [UInt8].self)
                output.pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
                return 1
            }, output)
    }

    deinit {
        yaml_emitter_delete(emitter)
        emitter.deallocate()
        output.deinitialize(count: 1)
        output.deallocate()
    }

    private mutating func emitDocument(_ value: Tree) {
        var event = yaml_event_t()
        emit(yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING), &event)
        emit(yaml_document_start_event_initialize(&event, nil, nil, nil, 1), &event)
        emit(value, tag: nil)
        emit(yaml_document_end_event_initialize(&event, 1), &event)
        emit(yaml_stream_end_event_initialize(&event), &event)
    }

    private mutating func emit(_ value: Tree, tag: StaticString?) {
        switch value {
        case .string(let text): emitScalar(text, tag: tag, style: YAMLScalarStyle(for: text))
        case .integer(let number): emitScalar(String(number), tag: tag, style: .plain)
        case .number(let text): emitScalar(text, tag: tag, style: .plain)
        case .boolean(let flag): emitScalar(flag ? "true" : "false", tag: tag, style: .plain)
        case .null: emitScalar("null", tag: tag, style: .plain)
        case .list(let items):
            startSequence(tag: tag, isFlow: items.isEmpty)
            for item in items { emit(item, tag: nil) }
            endSequence()
        case .map(let members):
            startMapping(isFlow: members.isEmpty)
            for member in members {
                emitScalar(member.key, tag: nil, style: YAMLScalarStyle(for: member.key))
                emit(member.value, tag: nil)
            }
            endMapping()
        case .ref(let name): emitScalar(name, tag: "!Ref", style: .plain)
        case .getAtt(let path): emitScalar(path, tag: "!GetAtt", style: .plain)
        case .sub(let text): emitScalar(text, tag: "!Sub", style: YAMLScalarStyle(for: text))
        case .importValue(let export): emitFunction("!ImportValue", "Fn::ImportValue", export)
        case .split(let delimiter, let text): emit(.list([.string(delimiter), text]), tag: "!Split")
        case .join(let delimiter, let list): emit(.list([.string(delimiter), list]), tag: "!Join")
        case .select(let index, let list): emit(.list([.integer(index), list]), tag: "!Select")
        }
    }

    private mutating func emitFunction(_ short: StaticString, _ long: String, _ argument: Tree) {
        if case .string = argument { return emit(argument, tag: short) }
        emit(.map([.init(long, argument)]), tag: nil)
    }

    private mutating func emitScalar(_ text: String, tag: StaticString?, style: YAMLScalarStyle) {
        var event = yaml_event_t()
        var text = text
        let isImplicit: Int32 = tag == nil ? 1 : 0
        let kind =
            switch style {
            case .plain: YAML_PLAIN_SCALAR_STYLE
            case .singleQuoted: YAML_SINGLE_QUOTED_SCALAR_STYLE
            case .doubleQuoted: YAML_DOUBLE_QUOTED_SCALAR_STYLE
            case .literal: YAML_LITERAL_SCALAR_STYLE
            }
        let made = text.withUTF8 { bytes in
            yaml_scalar_event_initialize(
                &event, nil, Self.pointer(tag), bytes.baseAddress ?? Self.empty, Int32(clamping: bytes.count),
                isImplicit,
                isImplicit, kind)
        }
        emit(made, &event)
    }

    private mutating func startSequence(tag: StaticString?, isFlow: Bool) {
        var event = yaml_event_t()
        let style = isFlow ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
        emit(
            yaml_sequence_start_event_initialize(&event, nil, Self.pointer(tag), tag == nil ? 1 : 0, style), &event)
    }

    private mutating func endSequence() {
        var event = yaml_event_t()
        emit(yaml_sequence_end_event_initialize(&event), &event)
    }

    private mutating func startMapping(isFlow: Bool) {
        var event = yaml_event_t()
        let style = isFlow ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE
        emit(yaml_mapping_start_event_initialize(&event, nil, nil, 1, style), &event)
    }

    private mutating func endMapping() {
        var event = yaml_event_t()
        emit(yaml_mapping_end_event_initialize(&event), &event)
    }

    /// libyaml takes the event, whether it succeeds or not.
    private mutating func emit(_ made: Int32, _ event: inout yaml_event_t) {
        guard made == 1, !failed else {
            failed = true
            yaml_event_delete(&event)
            return
        }
        if yaml_emitter_emit(emitter, &event) != 1 { failed = true }
    }

    private static func pointer(_ text: StaticString?) -> UnsafePointer<UInt8>? { text?.utf8Start }

    private static var empty: UnsafePointer<UInt8> { ("" as StaticString).utf8Start }
}
