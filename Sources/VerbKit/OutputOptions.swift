package import ArgumentParser
import Console
package import Effects

/// What every verb has: `--json`.
package struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Write one line of JSON instead of a table.")
    package var json: Bool = false

    package init() {}

    /// Shows a list: a line of JSON where it was asked for, else as ``Terminal/list(_:titles:none:row:)`` does.
    package func list<Item: Encodable>(
        _ items: [Item], titles: [String], none: Wording, row: (Item) -> [String]
    ) throws {
        if json { try Terminal.json(items) } else { Terminal.list(items, titles: titles, none: none, row: row) }
    }
}

extension Terminal {
    /// A row for each item of a list, or a sentence where there is none.
    ///
    /// - Parameter titles: of the columns; one that begins with `>` stands to the right, as numbers do.
    package static func list<Item>(_ items: [Item], titles: [String], none: Wording, row: (Item) -> [String]) {
        guard !items.isEmpty else { return say(none) }
        var table = TextTable(columns: titles)
        for item in items { table.add(row: row(item)) }
        line(table.text)
    }
}
