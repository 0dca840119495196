package import ArgumentParser
import Console
package import Effects
import ServiceKit
package import WorkflowKit

/// What somebody says who asks for the list of a workflow's cases.
package struct CaseListOptions: ParsableArguments {
    @OptionGroup package var node: NodeOptions
    @OptionGroup package var output: OutputOptions

    @Option(help: ArgumentHelp("Only those in this state, as the workflow names it.", valueName: "state"))
    package var state: String?

    @Flag(help: "Show what is to be done, what is due next first, and go on with what changes, until the node stops.")
    package var follow = false

    package init() {}

    /// Shows the list, or follows what is to be done.
    ///
    /// - Parameters:
    ///   - topic: what else it is narrowed by.
    ///   - none: what is said where there is none.
    package func run<W: Workflow>(_ cases: CaseEndpoints<W>, topic: String?, none: Wording) async throws {
        if try await followed(cases, isNarrowed: topic != nil) { return }
        let found = try await node.talk { try await $0.ask(cases.list, .init(state: state, topic: topic)) }
        if output.json {
            try Terminal.json(found)
        } else if found.isEmpty {
            Terminal.say(none)
        } else {
            Terminal.line(CaseSheet.table(found))
        }
    }

    /// Follows what is to be done until the node ends it; `false` where the list alone is wanted.
    package func followed<W: Workflow>(_ cases: CaseEndpoints<W>, isNarrowed: Bool) async throws -> Bool {
        guard follow else { return false }
        guard state == nil, !isNarrowed else {
            throw ValidationError("--follow shows everything that is to be done.")
        }
        try await node.talk { try await CaseSheet.follow(cases.follow, $0, asJSON: output.json) }
        return true
    }
}

/// What somebody says who looks at one case, or opens it.
package struct CaseShowOptions: ParsableArguments {
    @OptionGroup package var node: NodeOptions
    @OptionGroup package var output: OutputOptions

    @Argument(help: ArgumentHelp("The case's id, as the list shows it.", valueName: "id"))
    package var id: String

    @Option(help: ArgumentHelp("Open it as this practitioner.", valueName: "id"))
    package var practitioner: String?

    @Option(help: ArgumentHelp("The unit where the practitioner works; the node's first.", valueName: "unit"))
    package var unit: String?

    package init() {}

    /// Shows what became of the case, or opens it.
    ///
    /// - Throws: exit code 3 where it was opened and what was written does not lie here.
    package func run<W: Workflow>(_ cases: CaseEndpoints<W>) async throws {
        guard let practitioner else {
            let info = try await node.talk { try await $0.ask(cases.show, .init(id: id)) }
            if output.json { try Terminal.json(info) } else { CaseSheet.show(info) }
            return
        }
        let file = try await node.talk {
            try await $0.ask(cases.read, .init(id: id, practitioner: practitioner, unit: unit))
        }
        if output.json { try Terminal.json(file) } else { CaseSheet.show(file) }
        if !file.isContentHere { throw ExitCode(3) }
    }
}

/// What somebody says who asks what is filled in.
package struct CaseFormsOptions: ParsableArguments {
    @OptionGroup package var node: NodeOptions
    @OptionGroup package var output: OutputOptions

    package init() {}

    package func run<W: Workflow>(_ cases: CaseEndpoints<W>) async throws {
        let forms = try await node.talk { try await $0.ask(cases.forms, .init()) }
        if output.json { try Terminal.json(forms) } else { Terminal.line(CaseSheet.table(forms)) }
    }
}

/// What somebody says who makes a case of a patient: who that is, who asks, and on what ground.
package struct CaseOrderOptions: ParsableArguments {
    @OptionGroup package var person: PersonOptions

    @Option(help: ArgumentHelp("The patient's name.", valueName: "name"))
    package var name: String

    @Option(help: ArgumentHelp("The patient's sex: M, F, O or U.", valueName: "sex"))
    package var sex: String?

    @Option(help: ArgumentHelp("The patient's date of birth, 1970-01-31.", valueName: "date"))
    package var birthDate: String?

    @Option(help: ArgumentHelp("The hospital system's own number of the order.", valueName: "number"))
    package var orderNumber: String?

    @Option(help: ArgumentHelp("Who asks, as the hospital names its staff.", valueName: "id"))
    package var practitioner: String

    @Option(help: ArgumentHelp("The unit where the practitioner works; the node's first.", valueName: "unit"))
    package var unit: String?

    @Option(help: ArgumentHelp("The patient's consent.", valueName: "text"))
    package var consent: String?

    @Option(help: ArgumentHelp("Why there is no consent; for an emergency.", valueName: "reason"))
    package var breakGlass: String?

    package init() {}
}
