import ArgumentParser
package import Console
package import Effects
package import ServiceKit
package import WorkflowKit

/// Cases of any workflow on a terminal.
package enum CaseSheet {
    /// Fields that were given as `name=text`.
    package static func values(_ texts: [String]) throws -> [CaseValue] {
        try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("Write a field as name=text.")
            }
            return CaseValue(field: parts[0], text: parts[1])
        }
    }

    package static func table(_ cases: [CaseInfo]) -> String {
        var table = TextTable("ID", "KIND", "TOPIC", "UNIT", "MADE", "STATE", "HOME", "OFFERED TO", "DUE")
        for one in cases {
            table.add(
                one.id, one.kind, one.topic, one.unit ?? "-", Shown.moment(one.madeAt), one.state, one.home,
                asked(one.candidates), Shown.moment(one.dues.first?.at))
        }
        return table.text
    }

    private static func asked(_ candidates: [String]) -> String {
        guard let first = candidates.first else { return "-" }
        return candidates.count == 1 ? first : "\(first) +\(candidates.count - 1)"
    }

    /// Shows a work list and what changes in it, a line for each case, until the node ends it.
    package static func follow<W: Workflow>(
        _ endpoint: Endpoint<CaseEndpoints<W>.FollowQuestion, EventFeed>, _ client: ConsoleClient, asJSON: Bool
    ) async throws {
        try await client.follow(endpoint, .init()) { event in
            guard event.name == "case" else { return true }
            let info = try OperatorJSON.value(CaseInfo.self, from: Array(event.data.utf8), place: nil)
            if asJSON {
                try Terminal.json(info)
            } else {
                let due = info.dues.first.map { "\($0.timer): due \(Shown.moment($0.at))" } ?? "-"
                Terminal.line("\(info.id)  \(info.kind)  \(info.topic)  \(info.state)  \(due)")
            }
            return true
        }
    }

    package static func show(_ info: CaseInfo) {
        Terminal.line("\(info.id)  \(info.kind), \(info.topic): \(info.state)")
        Terminal.say(decided, info.home, "\(info.term)")
        for due in info.dues { Terminal.line("\(due.timer): due \(Shown.moment(due.at))") }
        for item in info.items { Terminal.line("\(item.name): \(item.state)") }
        var table = TextTable("AT", "EVENT", "BY", "NODE", "TARGET")
        for step in info.steps {
            table.add(
                Shown.moment(step.at), step.event, step.actor.isEmpty ? "-" : step.actor, step.node, step.target ?? "-")
        }
        if !table.isEmpty { Terminal.line(table.text) }
        if info.refusedSteps > 0 { Terminal.line("! \(info.refusedSteps) events did not fit the workflow") }
    }

    package static func show(_ file: CaseFileInfo) {
        show(file.about)
        Terminal.line()
        guard file.isContentHere else {
            Terminal.say(notHere)
            return
        }
        let patient = [file.patientName, file.patientSex, file.patientBirthDate].compactMap { $0 }.filter {
            !$0.isEmpty
        }
        if !patient.isEmpty { Terminal.line("patient: \(patient.joined(separator: "  "))") }
        if let writer = file.writer { Terminal.line("written by \(writer)") }
        for value in file.values { Terminal.line("\(value.field): \(value.text)") }
        for reference in file.references { Terminal.line("belongs to it: \(reference)") }
        for writing in file.writings {
            Terminal.line()
            Terminal.line("\(writing.event) by \(writing.actor), \(Shown.moment(writing.at))")
            for value in writing.values { Terminal.line("\(value.field): \(value.text)") }
        }
    }

    package static func table(_ forms: [CaseFormInfo]) -> String {
        var table = TextTable("EVENT", "FIELD", "REQUIRED", "MEANING", "CHOICES")
        for form in forms {
            for field in form.fields {
                table.add(
                    form.event, field.name, field.isRequired ? "yes" : "-", "\(field.english) \(field.chinese)",
                    field.choices.isEmpty ? "-" : field.choices.joined(separator: ", "))
            }
        }
        return table.text
    }

    package static let decided = Wording("decided at '{1}', term {2}", "由 '{1}' 决定，第 {2} 任")
    package static let notHere = Wording("what was written does not lie at this node", "所写内容不在本节点")
}
