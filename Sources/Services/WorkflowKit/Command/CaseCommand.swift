package import Effects
package import Ledgers
package import Regions
package import ServiceKit
import Trust

/// What somebody wants to do about an attempt; it travels to the attempt's home, which decides.
package struct CaseCommand<W: Workflow>: Sendable, Equatable {
    package var id: CaseID<W>
    package var attempt: Int
    package var home: NodeID
    /// Who acts, as the roster or the hospital names them.
    package var actor: String
    /// The node where the actor is.
    package var origin: NodeID
    package var event: W.Event
    package var role: W.Role
    /// What the actor writes, where the event has a form.
    package var content: CaseContent?
    /// The node to which it is offered or handed over.
    package var target: NodeID?
    /// The unit at that node, where one is meant; empty: whichever.
    package var unit = ""
    package var reason = ""
    package var items: [CaseItem] = []
    /// A time that the actor names.
    package var namedTime: WallTime?
    /// The attempt's last event as the actor saw it; none: whichever stands.
    ///
    /// The home does nothing where another one stands.
    package var seen: EntryID?
    /// What the node where the actor sits signed; the home writes nothing without it.
    package var signed: SignedCommand<W>?

    package init(
        id: CaseID<W>, attempt: Int, home: NodeID, actor: String, origin: NodeID, event: W.Event, role: W.Role,
        content: CaseContent? = nil
    ) {
        self.id = id
        self.attempt = attempt
        self.home = home
        self.actor = actor
        self.origin = origin
        self.event = event
        self.role = role
        self.content = content
    }

    /// The command with the signature of a node, where its actor sits.
    package func signed(by context: NodeContext) throws -> CaseCommand {
        var command = self
        if command.content != nil { command.content?.nonce = context.world.random.bytes(SignedCommand<W>.nonceBytes) }
        command.signed = try SignedCommand(command, madeAt: context.now, key: context.signingKey)
        return command
    }

    private static var actorBytes: Int { 64 }

    /// Checks everything that needs no look at the case.
    ///
    /// - Throws: the workflow's codes of ``CaseFault/badActor`` and what the form's check throws.
    package func check() throws {
        let table = W.table
        guard !actor.isEmpty, actor.utf8.count <= Self.actorBytes else {
            throw table.failure(
                .badActor, "who acts is named in 1 to \(Self.actorBytes) bytes",
                remedy: "give the expert's id of the roster, or the practitioner's staff number")
        }
        guard reason.utf8.count <= Limits.caseWordBytes, unit.utf8.count <= Limits.caseWordBytes,
            items.count <= Limits.caseItems
        else {
            throw table.failure(.tooLarge, "a reason is one word, and a case has few lines", remedy: "shorten it")
        }
        let rule = table.rule(of: event)
        switch (rule.form, content) {
        case (let form?, let content?): try content.check(form, of: W.self)
        case (let form?, nil): try CaseContent().check(form, of: W.self)
        case (nil, nil): break
        case (nil, .some):
            throw table.failure(.badContent, "nothing is written with this", remedy: "leave it out")
        }
        guard rule.namesTime == (namedTime != nil) else {
            throw table.failure(
                .badContent, rule.namesTime ? "no day is named for it" : "this has no day of its own",
                remedy: "name a day where one is wanted, and none else")
        }
        guard rule.namesTarget == (target != nil), unit.isEmpty || target != nil else {
            throw table.failure(
                .badContent, rule.namesTarget ? "no node is named for it" : "this goes to no node",
                remedy: "name a node where one is to take it, and none else")
        }
    }
}

/// What the home answers to a command: where the attempt stands, and by which entry.
package struct CaseReceipt<W: Workflow>: Sendable, Equatable {
    package var id: CaseID<W>
    package var attempt: Int
    package var home: NodeID
    package var state: W.State
    /// The event's entry, printed.
    package var entry: String
    package var actor: String
    package var time: WallTime
    /// The same command had been carried out before.
    package var isDuplicate: Bool
    /// How many events with content the attempt has then.
    package var writings: Int

    package init(
        id: CaseID<W>, attempt: Int, home: NodeID, state: W.State, entry: String, actor: String, time: WallTime,
        isDuplicate: Bool, writings: Int
    ) {
        self.id = id
        self.attempt = attempt
        self.home = home
        self.state = state
        self.entry = entry
        self.actor = actor
        self.time = time
        self.isDuplicate = isDuplicate
        self.writings = writings
    }
}

extension CaseCommand {
    /// A command of somebody at a node called `sample`, for the contract of a desk.
    package static func sample(_ event: W.Event, as role: W.Role) -> CaseCommand {
        guard let node = NodeID(rawValue: "sample") else { preconditionFailure("'sample' has the form of a node id") }
        return CaseCommand(
            id: CaseID(origin: node, serial: "0"), attempt: 1, home: node, actor: "sample", origin: node, event: event,
            role: role)
    }
}
