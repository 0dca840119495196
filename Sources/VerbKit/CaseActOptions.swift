package import ArgumentParser
package import WorkflowKit

/// What everybody says who does something about a case: which event it is, and what is filled in with it.
package struct CaseActOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("What happens, as the workflow names it.", valueName: "event"))
    package var event: String

    @Option(help: ArgumentHelp("A field of the form, as name=text; may be repeated.", valueName: "field"))
    package var field: [String] = []

    package init() {}

    /// - Throws: where a field is written in another form.
    package func values() throws -> [CaseValue] { try CaseSheet.values(field) }

    /// What was answered, as a line for people.
    package static func line(_ id: String, at home: String, _ state: String, isDuplicate: Bool) -> String {
        "\(id) at '\(home)': \(state)\(isDuplicate ? " (it was so before)" : "")"
    }
}
