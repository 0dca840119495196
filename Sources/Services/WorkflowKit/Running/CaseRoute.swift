import Ledgers
import Regions

/// Who sees what of a case by the audiences alone, and who has to be let in.
struct CaseRoute<W: Workflow> {
    var tree: ManagementTree

    /// The node that made the case and those above it who hold it by its audience, but never the dispatcher.
    func originSide(of id: CaseID<W>) -> [NodeID] {
        ([id.origin] + tree.ancestors(of: id.origin)).filter { tree.tier(of: $0) != .dispatcher }
    }

    /// Whether a node has what the creator wrote, by its audience.
    func holdsContent(_ node: NodeID, of id: CaseID<W>) -> Bool {
        W.table.creation.payloadAudience.reaches(node, from: id.origin, in: tree)
    }

    /// Those among whom an event's readers name whom its audience does not reach.
    func readers(
        of event: W.Event, _ fields: CaseFields<W>, in attempt: CaseAttempt<W>, author: NodeID,
        candidates: [NodeID]
    ) -> [NodeID] {
        let rule = W.table.rule(of: event)
        var nodes: Set<NodeID> = []
        for reader in rule.readers {
            switch reader {
            case .origin:
                nodes.formUnion(originSide(of: fields.id))
            case .seat(let seat):
                nodes.formUnion(attempt.holders(of: seat).compactMap(\.node))
                if rule.fills == seat || rule.holder == seat { nodes.formUnion([fields.actorNode].compactMap { $0 }) }
            case .candidates:
                nodes.formUnion(candidates)
            case .homes:
                nodes.formUnion(attempt.formerHomes + [attempt.home] + [fields.nextHome].compactMap { $0 })
            }
        }
        return nodes.filter { !rule.headerAudience.reaches($0, from: author, in: tree) }.sorted()
    }
}
