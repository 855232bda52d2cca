internal import DorcText

/// Which function each `lambda.py` has to define: the one that the Dockerfile names, but for a Dockerfile that is wrong.
enum HandlerChoice {
    /// Where files define the usual `handler` and none has what `CMD` names, the mistake is in the Dockerfile: it is
    /// reported once there, and the files are held to the usual name.
    static func name(
        _ images: ImageContext, _ pipelines: [PipelineFolder], in tree: any SourceTree,
        into diagnostics: inout Diagnostics
    ) -> String? {
        guard let name = images.handlerName else { return nil }
        guard name != ImageCommand.usualHandler, let handler = images.dockerfile?.run.handler else { return name }
        let answers = Parallel.map(pipelines) { pipeline in
            pipeline.functions.map { function in answer(function, name, images, tree) }
        }.flatMap { $0 }
        let others = answers.count { $0 == .usual }
        guard others > 0, !answers.contains(.named) else { return name }
        diagnostics.report(.wrongHandler(name, functions: others, at: handler.range))
        return ImageCommand.usualHandler
    }

    private enum Answer {
        case named, usual, both, neither
    }

    private static func answer(
        _ function: FunctionFolder, _ name: String, _ images: ImageContext, _ tree: any SourceTree
    ) -> Answer {
        let path = "\(function.path)/\(FunctionFolder.codeFile)"
        guard !images.excludes(path), let bytes = try? tree.read(path, limit: FunctionCodeCheck.sizeLimit) else {
            return .neither
        }
        switch (defines(name, bytes), defines(ImageCommand.usualHandler, bytes)) {
        case (true, false): return .named
        case (false, true): return .usual
        case (true, true): return .both
        case (false, false): return .neither
        }
    }

    private static func defines(_ name: String, _ bytes: [UInt8]) -> Bool {
        switch PythonModule(bytes, name: name).finding {
        case .defined, .onlyAsync, .signature: true
        case .missing, .empty, .mergeMark, .mistake: false
        }
    }
}

extension Diagnostic {
    fileprivate static func wrongHandler(_ name: String, functions: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .noHandler, at: range,
            "the image runs `\(name)` of `lambda.py`, which no function defines: "
                + (functions == 1 ? "1 function has" : "\(functions) functions have") + " a `handler`",
            help: "write `lambda.handler` here", replacement: "lambda.handler")
    }
}
