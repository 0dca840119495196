package import Effects
package import Ledgers

/// One entry about a case, as it lies in the tables.
package struct CaseStep<W: Workflow>: Sendable, Equatable {
    package var entry: EntryID
    /// `nil` for the creation.
    package var event: W.Event?
    package var fields: CaseFields<W>
    package var authorTime: WallTime
    package var receivedTime: WallTime
    package var contentDigest: [UInt8]?
    /// Whether the payload lies at this node.
    package var hasPayload: Bool

    package init(
        entry: EntryID, event: W.Event?, fields: CaseFields<W>, authorTime: WallTime, receivedTime: WallTime,
        contentDigest: [UInt8]?, hasPayload: Bool
    ) {
        self.entry = entry
        self.event = event
        self.fields = fields
        self.authorTime = authorTime
        self.receivedTime = receivedTime
        self.contentDigest = contentDigest
        self.hasPayload = hasPayload
    }

    var isStated: Bool { event.map { W.table.rule(of: $0).way == .stated } ?? false }

    /// The order of an attempt's events, the same wherever it is computed: what somebody stated on the spot comes before
    /// what the home decided later.
    static func precedes(_ left: CaseStep, _ right: CaseStep) -> Bool {
        (left.fields.term, left.fields.number, left.isStated ? 1 : 0, left.authorTime, left.entry)
            < (right.fields.term, right.fields.number, right.isStated ? 1 : 0, right.authorTime, right.entry)
    }

    /// In which role the event was made to happen.
    package var role: W.Role {
        guard let event else { return W.table.creation.role }
        if let role = fields.role ?? W.table.onlyRole(of: event) { return role }
        return entry.author == fields.home ? W.table.homeRole : W.table.dispatcherRole ?? W.table.homeRole
    }
}
