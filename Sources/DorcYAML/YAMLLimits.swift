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
