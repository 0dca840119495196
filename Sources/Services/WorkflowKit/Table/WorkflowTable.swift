import Effects
package import Ledgers
package import Regions

/// The table of a workflow: everything about it that is not a word.
package struct WorkflowTable<W: Workflow>: Sendable {
    /// One line: in which state which event by whom leads where.
    ///
    /// What is not in the table is refused.
    package struct Transition: Hashable, Sendable {
        package var from: W.State
        package var event: W.Event
        package var role: W.Role
        package var to: W.State
        /// When it happens, for the documentation.
        package var occasion: String

        package init(_ from: W.State, _ event: W.Event, _ role: W.Role, _ to: W.State, _ occasion: String) {
            self.from = from
            self.event = event
            self.role = role
            self.to = to
            self.occasion = occasion
        }
    }

    /// How tables, statements and the desk call it, such as `consultation`; never another workflow's.
    package var name: String
    /// What people call a case, and the verbs that show one and those that there are.
    package var noun: String
    package var chineseNoun: String
    package var showVerb: String
    package var listVerb: String
    /// What making and opening a case are called in the audit ledger.
    package var createAction: String
    package var readAction: String
    package var initial: W.State
    /// In which a home has nothing more to do.
    package var closed: Set<W.State>
    /// What was aimed at, in the order in which it is reached: where an attempt is in one of them, no other is needed.
    package var settled: [W.State]
    /// Who decides, and who opens other attempts.
    package var homeRole: W.Role
    package var dispatcherRole: W.Role?
    package var creation: CaseCreation<W>
    package var events: [EventRule<W>]
    package var roles: [RoleRule<W>]
    package var seats: [CaseSeat<W>]
    /// The events of which the hospital's systems are told whose case it is, with what was written; a workflow that tells
    /// others, too, says so in ``Workflow/notices(of:at:)``.
    package var answers: Set<W.Event>
    package var timers: [CaseTimer<W>]
    package var attempts: AttemptPlan<W>?
    package var recurrences: [CaseRecurrence<W>]
    /// How the lines below a case move, where they have states of their own.
    package var itemMoves: [CaseItemMove<W>]
    /// Where those sit whom an event names as able to act next.
    package var nodes: @Sendable (_ candidates: [String], RegionConfiguration) -> [NodeID]
    package var transitions: [Transition]

    package init(
        name: String, noun: String, chineseNoun: String = "业务单", showVerb: String, listVerb: String,
        createAction: String, readAction: String,
        initial: W.State, closed: Set<W.State>, settled: [W.State],
        homeRole: W.Role, dispatcherRole: W.Role? = nil, creation: CaseCreation<W>, events: [EventRule<W>],
        roles: [RoleRule<W>], seats: [CaseSeat<W>] = [], answers: Set<W.Event> = [], timers: [CaseTimer<W>] = [],
        attempts: AttemptPlan<W>? = nil, recurrences: [CaseRecurrence<W>] = [],
        itemMoves: [CaseItemMove<W>] = [],
        nodes: @escaping @Sendable ([String], RegionConfiguration) -> [NodeID] = { names, _ in
            names.compactMap(NodeID.init(rawValue:))
        }, transitions: [Transition]
    ) {
        self.name = name
        self.noun = noun
        self.chineseNoun = chineseNoun
        self.showVerb = showVerb
        self.listVerb = listVerb
        self.createAction = createAction
        self.readAction = readAction
        self.initial = initial
        self.closed = closed
        self.settled = settled
        self.homeRole = homeRole
        self.dispatcherRole = dispatcherRole
        self.creation = creation
        self.events = events
        self.roles = roles
        self.seats = seats
        self.answers = answers
        self.timers = timers
        self.attempts = attempts
        self.recurrences = recurrences
        self.itemMoves = itemMoves
        self.nodes = nodes
        self.transitions = transitions
    }

    /// A case in a sentence, such as `a request` or `an adverse event`.
    package var oneCase: String { noun.first.map("aeiou".contains) == true ? "an \(noun)" : "a \(noun)" }

    /// The state after `event`, or `nil` where the table does not allow it.
    package func state(after state: W.State, _ event: W.Event, by role: W.Role) -> W.State? {
        transitions.first { $0.from == state && $0.event == event && $0.role == role }?.to
    }

    /// The rule of an event; every event has one (``problems()``).
    package func rule(of event: W.Event) -> EventRule<W> {
        guard let rule = events.first(where: { $0.event == event }) else {
            preconditionFailure("the workflow \(name) has no rule for \(event.rawValue)")
        }
        return rule
    }

    /// The rule of a role in which somebody acts; none for the home and the dispatcher.
    package func rule(of role: W.Role) -> RoleRule<W>? { roles.first { $0.role == role } }

    package func event(of kind: EntryKind) -> W.Event? { events.first { $0.kind == kind }?.event }

    /// In which role an event happens that says nothing of it: where the table knows one alone.
    func onlyRole(of event: W.Event) -> W.Role? {
        let roles = Set(transitions.filter { $0.event == event }.map(\.role))
        return roles.count == 1 ? roles.first : nil
    }

    /// In which role somebody makes an event happen; `nil` where it comes by itself.
    package func role(doing event: W.Event) -> W.Role? {
        transitions.first { $0.event == event && rule(of: $0.role) != nil }?.role
    }

    /// Whether another node than a case's home writes what follows from the home's entries: a next home, or whoever states
    /// something on the spot.
    var isContinuedByOthers: Bool {
        attempts != nil || events.contains { $0.handover != nil || $0.way == .stated }
    }

    func isSettled(_ state: W.State) -> Bool { settled.contains(state) }
}
