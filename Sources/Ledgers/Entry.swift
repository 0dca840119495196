package import Effects
package import Regions

/// What a service hands to the ledger to be written.
package struct EntryDraft: Sendable {
    package var kind: EntryKind
    /// What the entry is about, in a form that tells nothing about a person: a report's key, a request's id.
    package var subject: String
    package var causes: [EntryID]
    /// The service's own header message; goes as far as `headerAudience`.
    package var fields: [UInt8]
    package var headerAudience: Audience
    package var payload: [UInt8]?
    package var payloadAudience: Audience

    package init(
        kind: EntryKind, subject: String, causes: [EntryID] = [], fields: [UInt8], headerAudience: Audience,
        payload: [UInt8]? = nil, payloadAudience: Audience = .own
    ) {
        self.kind = kind
        self.subject = subject
        self.causes = causes
        self.fields = fields
        self.headerAudience = headerAudience
        self.payload = payload
        self.payloadAudience = payloadAudience
    }
}

extension EntryDraft {
    /// More than the header's record can take in a segment, where every reader holds it to `Limits.entryHeaderBytes`.
    var headerBytesAtMost: Int {
        fields.count + subject.utf8.count + causes.count * 128 + 256
    }
}

/// An entry as a projection sees it.
package struct Entry: Sendable {
    package var id: EntryID
    package var kind: EntryKind
    package var subject: String
    /// A claim of the author's clock.
    package var authorTime: WallTime
    /// When this node's store took it.
    package var receivedTime: WallTime
    package var causes: [EntryID]
    package var fields: [UInt8]
    /// `nil` where there is none, or where it was not meant for this node.
    package var payload: [UInt8]?
    package var hasPayload: Bool
    /// How far the author lets the payload go; `nil` where none lies here.
    package var payloadAudience: Audience?
    /// How far the author lets the header go; `nil` where an excerpt brought it, or while it is being written.
    var headerAudience: Audience?

    package init(
        id: EntryID, kind: EntryKind, subject: String, authorTime: WallTime, receivedTime: WallTime, causes: [EntryID],
        fields: [UInt8], payload: [UInt8]?, hasPayload: Bool, payloadAudience: Audience? = nil
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.authorTime = authorTime
        self.receivedTime = receivedTime
        self.causes = causes
        self.fields = fields
        self.payload = payload
        self.hasPayload = hasPayload
        self.payloadAudience = payloadAudience
    }

    package var author: NodeID { id.author }

    /// Whether the author wrote a payload that does not lie here.
    var lacksPayload: Bool { hasPayload && payload == nil }

    /// The entry with the payload that the same entry brought elsewhere.
    func with(payloadOf other: Entry) -> Entry {
        var entry = self
        entry.payload = other.payload
        entry.payloadAudience = other.payloadAudience
        return entry
    }
}
