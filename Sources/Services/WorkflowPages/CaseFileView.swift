package import ConsoleKit
package import Effects
package import WorkflowKit

/// What people call the words of a workflow.
package struct CaseTexts: Sendable {
    package var state: @Sendable (String) -> Wording
    package var event: @Sendable (String) -> Wording
    package var timer: @Sendable (String) -> Wording
    package var choice: @Sendable (_ field: String, _ word: String) -> Wording?

    package init(
        state: @escaping @Sendable (String) -> Wording, event: @escaping @Sendable (String) -> Wording,
        timer: @escaping @Sendable (String) -> Wording,
        choice: @escaping @Sendable (_ field: String, _ word: String) -> Wording?
    ) {
        self.state = state
        self.event = event
        self.timer = timer
        self.choice = choice
    }
}

/// One case as it was opened: what was written, what happened, and what can be done now.
package struct CaseFileView: Sendable {
    package var file: CaseFileInfo
    package var forms: [CaseFormInfo]
    package var texts: CaseTexts
    private let visit: PageVisit

    package init(_ file: CaseFileInfo, _ forms: [CaseFormInfo], _ texts: CaseTexts, _ visit: PageVisit) {
        self.file = file
        self.forms = forms
        self.texts = texts
        self.visit = visit
    }

    /// What was written, beginning with the creation's form.
    ///
    /// - Parameter creation: the name of that form.
    package func content(of creation: String) -> HTML {
        let words = visit.words
        guard file.isContentHere else {
            return Banner(
                .stale, words("The content is not here yet", "内容还没有到"),
                words("It follows by itself; the header came first.", "题头先到，内容会自动补来。")
            ).html(in: visit.scene)
        }
        let patient = words.person(file.patientName, sex: file.patientSex, birthDate: file.patientBirthDate)
        var first = (patient.isEmpty ? [] : [(words("Patient", "患者"), HTML(patient))]) + pairs(file.values, creation)
        if !file.references.isEmpty {
            first.append(
                (words("Belongs to it", "附"), HTML(words.count(file.references.count, "entry", "entries", "条"))))
        }
        let later = file.writings.map { writing -> HTML in
            let time = (try? WallTime(text: writing.at)).map { Moment($0).full } ?? writing.at
            return
                "<h3 class=\"block-s\">\(words(texts.event(writing.event))) <small class=\"note\">\(time) \(writing.actor)</small></h3>"
                + Pairs(pairs(writing.values, writing.event)).html(in: visit.scene)
        }
        return PageSection(
            "content", words("What was written", "内容"), Pairs(first).html(in: visit.scene) + HTML(later)
        ).html(in: visit.scene)
    }

    /// The form of an event, whose fields stand on the page once.
    package func form(_ event: String) -> CaseFormFields {
        CaseFormFields(forms.first { $0.event == event }, prefix: "\(event)-", visit, choices: texts.choice)
    }

    private func pairs(_ values: [CaseValue], _ event: String) -> [(String, HTML)] {
        CaseFormFields(forms.first { $0.event == event }, visit, choices: texts.choice).pairs(values)
    }

    /// A form for each event that can be made happen now.
    ///
    /// - Parameters:
    ///   - address: where they are sent.
    ///   - fields: what is asked besides the event's form.
    package func actions(
        _ events: [String], to address: String, errors: FormErrors, fields: (String) -> [FormField] = { _ in [] }
    ) -> HTML {
        let words = visit.words
        let title = words("What can be done", "可以做的")
        guard !events.isEmpty else {
            return PageSection("act", title, "<p>\(words("Nothing for you here now.", "现在没有要您处理的。"))</p>")
                .html(in: visit.scene)
        }
        let tried = visit.request.form["event"]
        let parts = events.map { event -> HTML in
            let view = FormView(
                address, fields(event) + form(event).fields, hidden: ["id": file.about.id, "event": event],
                errors: event == tried ? errors : FormErrors(), submit: words(texts.event(event)), style: .plain)
            return """
                <details\(.when(event == tried || events.count == 1, " open"))><summary>\(words(texts.event(event)))\
                </summary>\(view.html(in: visit.scene))</details>
                """
        }
        return PageSection("act", title, HTML(parts)).html(in: visit.scene)
    }

    /// What happened, and what is due.
    package var steps: HTML {
        let words = visit.words
        let made = Timeline.Item(try? WallTime(text: file.about.madeAt), HTML(words("written", "写下")))
        let past = file.about.steps.map { step in
            Timeline.Item(
                try? WallTime(text: step.at),
                "\(words(texts.event(step.event))) <small class=\"note\">\(step.actor) \(visit.node.node(step.node))</small>"
            )
        }
        let ahead = file.about.dues.map { due in
            Timeline.Item(try? WallTime(text: due.at), HTML(words(texts.timer(due.timer))), .ahead)
        }
        return PageSection(
            "steps", words("What happened", "经过"), Timeline([made] + past + ahead).html(in: visit.scene)
        ).html(in: visit.scene)
    }
}
