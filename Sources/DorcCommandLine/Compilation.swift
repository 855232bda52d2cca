import DorcConfig
import DorcSynth
import DorcTemplates
import DorcText

/// The whole way from a folder on disk to the graph:
///
///     folder -> SourceTree     (DiskTree, here)
///            -> Project        (ProjectLoader, DorcModel)
///            -> ResourceGraph  (GraphBuilder, DorcSynth)
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
        let loader = ProjectLoader(tree, output: output.flatMap(tree.position(ofOutside:)))
        guard let project = loader.load(into: &diagnostics) else { return }
        calendar?.run(project, into: &diagnostics)
        graph = GraphBuilder(project, universalStacks: earlier?.universalStacks ?? [:]).graph(into: &diagnostics)
    }
}
