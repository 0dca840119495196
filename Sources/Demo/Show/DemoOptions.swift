/// What `yilian demo` is asked to do.
package struct DemoOptions: Sendable {
    /// The folder with `region.yaml` and one yaml per node.
    package var nodesFolder: String
    /// Messages to import instead of those that the repository carries.
    package var messagesFolder: String
    /// Where everything is written; `nil` for a folder that is removed at the end.
    package var keepFolder: String?
    /// Ends when the show is over.
    package var exits: Bool
    package var printsJSON: Bool
    package var seed: UInt64
    package var suite: String
    /// Share of a working day that is generated, in percent; 100 is the whole day.
    package var dayPercent: Int
    /// The `yilian` program itself.
    package var program: String
    package var isTerminal: Bool

    package init(
        nodesFolder: String, messagesFolder: String, keepFolder: String?, exits: Bool, printsJSON: Bool, seed: UInt64,
        suite: String, dayPercent: Int, program: String, isTerminal: Bool
    ) {
        self.nodesFolder = nodesFolder
        self.messagesFolder = messagesFolder
        self.keepFolder = keepFolder
        self.exits = exits
        self.printsJSON = printsJSON
        self.seed = seed
        self.suite = suite
        self.dayPercent = dayPercent
        self.program = program
        self.isTerminal = isTerminal
    }
}
