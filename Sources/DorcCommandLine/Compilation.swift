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
    /// commands that write nothing: its warnings depend on today's date. `checksCases` is for those too: no template depends on
    /// a case.
    init(
        folder: String, output: String? = nil, earlier: Manifest? = nil, calendar: ScheduleCalendarCheck? = nil,
        checksCases: Bool = false
    ) throws(SourceTreeError) {
        let tree = try DiskTree(root: folder)
        self.init(
            tree, output: output.flatMap(tree.position(ofOutside:)), earlier: earlier, calendar: calendar,
            checksCases: checksCases)
    }

    /// `output` is relative to the tree's root; nil where it is outside.
    init(
        _ tree: some SourceTree, output: String? = nil, earlier: Manifest? = nil,
        calendar: ScheduleCalendarCheck? = nil, checksCases: Bool = false
    ) {
        guard let repository = ConfigRepository.read(tree, output: output, into: &diagnostics) else { return }
        let project = repository.resolve(into: &diagnostics)
        calendar?.run(project, into: &diagnostics)
        if checksCases { repository.checkCases(of: project, in: tree, into: &diagnostics) }
        graph = GraphBuilder(project, universalStacks: earlier?.universalStacks ?? [:]).graph(into: &diagnostics)
    }
}
