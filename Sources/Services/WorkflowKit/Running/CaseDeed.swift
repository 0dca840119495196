package import Effects
package import Regions

/// What somebody does about a case: an event of the workflow, with what it wants.
package struct CaseDeed<W: Workflow>: Sendable {
    package var event: W.Event
    package var practitioner: String
    /// What is written, by the fields of the event's form.
    package var values: [String: String]
    /// The node that is asked.
    package var target: NodeID?
    /// The unit at that node, where one is meant; empty: whichever.
    package var unit = ""
    /// The lines of the case that it is about.
    package var items: [CaseItem] = []
    /// The day that the event names.
    package var day: WallTime?

    package init(
        _ event: W.Event, by practitioner: String, values: [String: String] = [:], target: NodeID? = nil,
        day: WallTime? = nil
    ) {
        self.event = event
        self.practitioner = practitioner
        self.values = values
        self.target = target
        self.day = day
    }
}

extension CaseBook {
    /// Does something about a case: here where it is stated on the spot, else at the node that decides about it now.
    ///
    /// - Parameters:
    ///   - seen: the case as whoever acts saw it, where nothing is to be done if it has changed since.
    ///   - choose: the attempt that is meant, where it is decided about.
    /// - Throws: the workflow's code of ``CaseFault/wrongState`` where nobody does it but the home; what commands and
    ///   statements are refused with; `call.…` where the node that decides cannot be reached: then the same may be sent
    ///   again.
    package func perform(
        _ deed: CaseDeed<W>, on id: CaseID<W>, seen: CaseRecord<W>? = nil,
        choose: (CaseRecord<W>) -> CaseAttempt<W>? = { $0.attempts.last }
    ) async throws -> CaseReceipt<W> {
        let table = W.table
        guard let role = table.role(doing: deed.event) else {
            throw table.failure(
                .wrongState, "nobody does this, it comes by itself when a time has run out",
                remedy: "look at the \(table.noun) with `\(table.showVerb)`")
        }
        let rule = table.rule(of: deed.event)
        let content = rule.form.map { _ in CaseContent(values: deed.values) }
        if content == nil, !deed.values.isEmpty {
            throw table.failure(.badContent, "nothing is written with this", remedy: "leave the fields out")
        }
        guard rule.way == .decided else {
            return try await state(
                deed.event, as: role, on: id, actor: deed.practitioner, content: content, items: deed.items)
        }
        return try await act(
            deed.event, as: role, on: id, actor: deed.practitioner, content: content, seen: seen,
            choose: choose,
            with: { command in
                command.target = deed.target
                command.unit = deed.unit
                command.items = deed.items
                command.namedTime = deed.day
            })
    }
}
