import Effects

/// A case and what became of it, for an operator; headers only, nothing of the patient.
package struct CaseInfo: Codable, Sendable, Equatable {
    package struct Step: Codable, Sendable, Equatable {
        package var event: String
        package var at: String
        package var actor: String
        /// Who wrote it.
        package var node: String
        /// The node that was asked.
        package var target: String?
        package var reason: String
        package var entry: String
    }

    /// A line below the case that has a state of its own, such as a specimen by its barcode.
    package struct Item: Codable, Sendable, Equatable {
        package var name: String
        package var state: String
    }

    package struct Due: Codable, Sendable, Equatable {
        package var timer: String
        package var at: String
    }

    package var id: String
    package var kind: String
    package var topic: String
    /// The unit that made it.
    package var unit: String?
    package var madeAt: String
    package var state: String
    package var isOpen: Bool
    /// The node that decides now, and how often that has passed on.
    package var home: String
    package var term: Int
    /// Who may act next, as the workflow names them: the node that was asked, the experts to whom it is offered.
    package var candidates: [String]
    /// What is due, the next first.
    package var dues: [Due]
    package var items: [Item]
    package var steps: [Step]
    /// Events that the workflow does not allow; kept as they came.
    package var refusedSteps: Int

    package init<W: Workflow>(_ record: CaseRecord<W>) {
        let course = record.attempts.last
        id = record.id.description
        kind = record.terms.kind
        topic = record.terms.topic
        unit = record.terms.unit ?? record.creation?.fields.organizationUnit
        madeAt = record.terms.madeTime.description
        state = record.state.rawValue
        isOpen = record.isOpen
        home = course?.home.rawValue ?? record.id.origin.rawValue
        term = course?.term ?? 1
        candidates = course?.candidates ?? []
        dues = (course?.running ?? []).map { Due(timer: $0.timer.name, at: $0.due.description) }
        items = (course?.itemStates ?? [:]).sorted { $0.key < $1.key }.map { Item(name: $0.key, state: $0.value) }
        steps = record.attempts.flatMap(\.steps).map { step in
            Step(
                event: step.event?.rawValue ?? "", at: step.authorTime.description, actor: step.fields.actor,
                node: step.entry.author.rawValue, target: step.fields.candidates.first, reason: step.fields.reason,
                entry: step.entry.description)
        }
        refusedSteps = record.attempts.reduce(0) { $0 + $1.refusedSteps.count }
    }
}

/// One field with what stands in it.
package struct CaseValue: Codable, Sendable, Equatable {
    package var field: String
    package var text: String

    package init(field: String, text: String) {
        self.field = field
        self.text = text
    }

    package static func all(_ content: CaseContent?) -> [CaseValue] {
        (content?.values ?? [:]).sorted { $0.key < $1.key }.map { CaseValue(field: $0.key, text: $0.value) }
    }
}

extension [CaseValue] {
    /// - Throws: the workflow's code of ``CaseFault/badContent`` where a field stands twice.
    package func byField<W: Workflow>(of workflow: W.Type) throws -> [String: String] {
        try reduce(into: [:]) { values, value in
            guard values.updateValue(value.text, forKey: value.field) == nil else {
                throw W.table.failure(.badContent, "a field stands twice", remedy: "write it once")
            }
        }
    }
}

/// A form, for whoever fills it in.
package struct CaseFormInfo: Codable, Sendable, Equatable {
    package struct Field: Codable, Sendable, Equatable {
        package var name: String
        package var isRequired: Bool
        /// The words of which one is to be chosen; empty where it is free.
        package var choices: [String]
        /// Whether it is a day, as 2026-12-31.
        package var isDay: Bool
        package var english: String
        package var chinese: String
    }

    /// The event with which it is filled in; the workflow's name for the case itself.
    package var event: String
    package var fields: [Field]

    /// Every form of a workflow.
    package static func all<W: Workflow>(of workflow: W.Type) -> [CaseFormInfo] {
        [CaseFormInfo(W.table.name, W.table.creation.form)]
            + W.table.events.compactMap { rule in rule.form.map { CaseFormInfo(rule.event.rawValue, $0) } }
    }

    private init(_ event: String, _ form: CaseForm) {
        self.event = event
        fields = form.fields.map { field in
            var choices: [String] = []
            if case .code(let words) = field.kind { choices = words }
            return Field(
                name: field.name, isRequired: field.isRequired, choices: choices, isDay: field.kind == .day,
                english: field.label.english, chinese: field.label.chinese)
        }
    }
}

/// A case as it was opened.
///
/// This may hold a person's data: it is shown to the reader and never logged.
package struct CaseFileInfo: Codable, Sendable, Equatable {
    package struct Writing: Codable, Sendable, Equatable {
        package var event: String
        package var at: String
        package var actor: String
        package var values: [CaseValue]
    }

    package var about: CaseInfo
    /// Whether its content could be had.
    package var isContentHere: Bool
    package var patientName: String?
    package var patientSex: String?
    package var patientBirthDate: String?
    /// Who wrote it, where it says so.
    package var writer: String?
    package var values: [CaseValue]
    /// Entries that belong to it.
    package var references: [String]
    package var writings: [Writing]

    package init<W: Workflow>(_ file: CaseFile<W>) {
        about = CaseInfo(file.record)
        isContentHere = file.content != nil
        patientName = file.content?.patient.name
        patientSex = file.content?.patient.sex
        patientBirthDate = file.content?.patient.birthDate
        writer = file.content.flatMap { $0.actor.isEmpty ? nil : $0.actor }
        values = CaseValue.all(file.content)
        references = file.content?.references ?? []
        writings = file.writings.map { writing in
            Writing(
                event: writing.event?.rawValue ?? "", at: writing.time.description, actor: writing.step.fields.actor,
                values: CaseValue.all(writing.content))
        }
    }
}
