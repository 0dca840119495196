/// What a section of a region configuration holds, for whoever looks at one: lines and tables for people, figures for
/// machines.
package struct SectionContents: Codable, Sendable, Equatable {
    /// Rows below titles; a title that begins with `>` stands to the right, as numbers do.
    package struct Table: Codable, Sendable, Equatable {
        package var titles: [String]
        package var rows: [[String]]

        package init(_ titles: [String], rows: [[String]]) {
            self.titles = titles
            self.rows = rows
        }
    }

    /// The section's name.
    package var name: String
    /// How many there are of what.
    package var figures: [String: Int]
    package var lines: [String]
    package var tables: [Table]

    package init(_ name: String, figures: [String: Int], lines: [String], tables: [Table] = []) {
        self.name = name
        self.figures = figures
        self.lines = lines
        self.tables = tables
    }
}

extension RegionConfiguration {
    /// What the sections hold that this program knows and that say anything, in the order of their names.
    package var sectionContents: [SectionContents] { sections.known.compactMap { $0.contents } }
}
