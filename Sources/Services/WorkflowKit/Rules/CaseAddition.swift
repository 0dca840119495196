package import Effects
package import Regions

/// What an event adds to the fields that follow from the record.
package struct CaseAddition<W: Workflow> {
    package var role: W.Role
    package var actor = ""
    package var actorNode: NodeID?
    package var candidates: [String] = []
    package var target: NodeID?
    package var unit = ""
    package var reason = ""
    package var items: [CaseItem] = []
    package var namedTime: WallTime?
    package var payload: [UInt8]?
    package var command: SignedCommand<W>?

    package init(role: W.Role) { self.role = role }

    /// What an event has of the home's own decision.
    package init(of move: HomeMove<W>) {
        self.init(role: W.table.homeRole)
        reason = move.reason
        candidates = move.candidates
    }

    /// What an event has of the command that makes it happen.
    package init(of command: CaseCommand<W>) {
        self.init(role: command.role)
        actor = command.actor
        actorNode = command.origin
        target = command.target
        unit = command.unit
        if W.table.rule(of: command.event).offers, let target { candidates = [target.rawValue] }
        reason = command.reason
        items = command.items
        namedTime = command.namedTime
        self.command = command.signed
    }
}
