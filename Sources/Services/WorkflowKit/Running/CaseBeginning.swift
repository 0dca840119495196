package import Regions

/// What a creator does about a case in the moment in which it is made: offers it to somebody.
package struct CaseBeginning<W: Workflow>: Sendable {
    package var event: W.Event
    package var role: W.Role
    package var actor: String
    package var target: NodeID
    /// The unit at the target; empty: whichever.
    package var unit: String
    package var items: [CaseItem]

    package init(
        _ event: W.Event, as role: W.Role, by actor: String, target: NodeID, unit: String, items: [CaseItem] = []
    ) {
        self.event = event
        self.role = role
        self.actor = actor
        self.target = target
        self.unit = unit
        self.items = items
    }

    func isSame(as step: CaseStep<W>) -> Bool {
        step.event == event && step.fields.candidates == [target.rawValue] && step.fields.organizationUnit == unit
            && step.fields.items == items
    }

    func command(on record: CaseRecord<W>, _ attempt: CaseAttempt<W>, at node: NodeID) -> CaseCommand<W> {
        var command = CaseCommand(
            id: record.id, attempt: attempt.number, home: attempt.home, actor: actor, origin: node, event: event,
            role: role)
        command.target = target
        command.unit = unit
        command.items = items
        return command
    }
}
