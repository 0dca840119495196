package import ArgumentParser

/// How many items a list of the newest shows, and that it says where it was cut.
package struct LimitOption: ParsableArguments {
    @Option(help: ArgumentHelp("How many at most.", valueName: "number"))
    package var limit: Int = 50

    private static let most = 1_000_000

    package init() {}

    package func validate() throws {
        if limit < 1 { throw ValidationError("--limit is 1 or more.") }
        if limit > Self.most { throw ValidationError("--limit is at most \(Self.most).") }
    }

    /// What the node is asked for: one more than is shown tells whether there are more.
    package var asked: UInt32 { UInt32(clamping: limit + 1) }

    /// Shows a list up to the limit, and says where there is more.
    ///
    /// - Parameter body: shows what is left, as people or machines read it.
    /// - Throws: exit code 3 where the list was cut, after everything was shown.
    package func show<Item>(_ found: [Item], isForPeople: Bool, _ body: ([Item]) throws -> Void) throws {
        try body(Array(found.prefix(limit)))
        guard found.count > limit else { return }
        if isForPeople { Terminal.line("! more exist: these are the newest \(limit); give a greater --limit") }
        throw ExitCode.degraded
    }
}
