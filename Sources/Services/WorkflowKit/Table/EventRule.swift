package import Ledgers

/// How an event is written, and who learns of it.
package struct EventRule<W: Workflow>: Sendable {
    /// Who writes it.
    package enum Way: Sendable {
        /// The home alone, by itself or because an actor's node commands it: one decision after the other.
        case decided
        /// The node where its actor sits, on the spot; whoever hears of it merges it.
        case stated
    }

    /// To whom deciding passes on with it.
    package enum Handover: Sendable {
        /// The node where its actor sits.
        case actor
        /// The node that the actor names.
        case target
    }

    package var event: W.Event
    package var kind: EntryKind
    package var way: Way
    /// What its actor writes; none where nothing is.
    package var form: CaseForm?
    /// The seat that its actor takes with it.
    package var fills: String?
    /// The seat that is empty after it: its holder leaves it, or it is to be taken anew.
    package var frees: String?
    /// The seat whose holder alone may make it happen.
    package var holder: String?
    package var handover: Handover?
    /// Whether its actor names a node that may act next.
    package var offers: Bool
    /// Whether its actor names a time: an appointment, a day of return.
    package var namesTime: Bool
    /// Whether it is for those nodes alone to whom the case was offered last.
    package var isForCandidates: Bool
    package var headerAudience: Audience
    package var payloadAudience: Audience
    /// Who gets the entry by a grant where no audience brings it.
    package var readers: [CaseReader]
    /// Whether its actor's node gets what the creator wrote.
    package var opensContent: Bool
    /// Whether it can happen to a case of such terms; the table says in which state.
    package var isPossible: @Sendable (W.Terms) -> Bool

    package init(
        _ event: W.Event, _ kind: EntryKind, _ way: Way = .decided, form: CaseForm? = nil, fills: String? = nil,
        frees: String? = nil, holder: String? = nil, handover: Handover? = nil, offers: Bool = false,
        namesTime: Bool = false,
        isForCandidates: Bool = false,
        headerAudience: Audience = .region, payloadAudience: Audience = .own, readers: [CaseReader],
        opensContent: Bool = false, isPossible: @escaping @Sendable (W.Terms) -> Bool = { _ in true }
    ) {
        self.event = event
        self.kind = kind
        self.way = way
        self.form = form
        self.fills = fills
        self.frees = frees
        self.holder = holder
        self.handover = handover
        self.offers = offers
        self.namesTime = namesTime
        self.isForCandidates = isForCandidates
        self.headerAudience = headerAudience
        self.payloadAudience = payloadAudience
        self.readers = readers
        self.opensContent = opensContent
        self.isPossible = isPossible
    }
}

extension EventRule {
    /// Whether a command must name a node.
    var namesTarget: Bool { offers || handover == .target }
}

/// Who reads of an event beside those whom its audience reaches.
package enum CaseReader: Hashable, Sendable {
    /// The node that made the case and those above it.
    case origin
    /// Who holds a seat.
    case seat(String)
    /// Who may act next, as the event or the one before names them.
    case candidates
    /// Who decides now, who did before, and to whom it is handed over.
    case homes
}
