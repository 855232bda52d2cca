import DorcConfig
import DorcSynth
import DorcTemplates
import DorcText

/// The whole way from a folder on disk to the graph:
///
///     folder -> SourceTree        (DiskTree, here)
///            -> ConfigRepository  (its `read`, DorcConfig)
///            -> Project           (its `resolve`, DorcConfig)
///            -> ResourceGraph     (GraphBuilder, DorcSynth)
///
/// From there `TemplateRenderer` (DorcTemplates) makes the files, and `OutputTransaction` (here) writes them.
struct Compilation {
    /// Nil where there is no project to speak of.
    var graph: ResourceGraph?
    var diagnostics = Diagnostics()

    /// Never stops at the first mistake: the graph is built from what is sound, for the sake of its checks.
    ///
    /// `output` is the folder that the templates go into, `earlier` the manifest of the run before. `calendar` is for
    /// commands that write nothing: its warnings depend on today's date.
    init(
        folder: String, output: String? = nil, earlier: Manifest? = nil, calendar: ScheduleCalendarCheck? = nil
    ) throws(SourceTreeError) {
        let tree = try DiskTree(root: folder)
        self.init(
            tree, output: output.flatMap(tree.position(ofOutside:)), earlier: earlier, calendar: calendar)
    }

    /// `output` is relative to the tree's root; nil where it is outside.
    init(
        _ tree: some SourceTree, output: String? = nil, earlier: Manifest? = nil,
        calendar: ScheduleCalendarCheck? = nil
    ) {
        guard let repository = ConfigRepository.read(tree, output: output, into: &diagnostics) else { return }
        let project = repository.resolve(into: &diagnostics)
        calendar?.run(project, into: &diagnostics)
        graph = GraphBuilder(project, universalStacks: earlier?.universalStacks ?? [:]).graph(into: &diagnostics)
    }
}
