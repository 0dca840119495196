package import Effects
package import Ledgers
package import Regions
import ServiceKit

/// What somebody wants to do about an attempt; it travels to the attempt's home, which decides.
package struct ConsultationCommand: Sendable, Equatable {
    package enum Action: Sendable, Equatable {
        case claim
        case report(ConsultationReportText)
        case acknowledge
    }

    package var request: ConsultationID
    package var attempt: Int
    package var home: NodeID
    /// The expert's id in the roster, or the practitioner who acknowledges.
    package var actor: String
    /// The node where the actor is.
    package var origin: NodeID
    package var action: Action
    /// The attempt's last event as the actor saw it; none: whichever stands.
    ///
    /// The home does nothing where another one stands.
    package var seen: EntryID?
    /// What the node where the actor sits signed; the home writes nothing without it.
    package var signed: SignedCommand?
    /// Blinds a report's text in what was signed.
    package var nonce: [UInt8] = []

    package init(
        request: ConsultationID, attempt: Int, home: NodeID, actor: String, origin: NodeID, action: Action,
        seen: EntryID? = nil
    ) {
        self.request = request
        self.attempt = attempt
        self.home = home
        self.actor = actor
        self.origin = origin
        self.action = action
        self.seen = seen
    }

    /// The command with the signature of this node, where its actor sits.
    func withSignature(of context: NodeContext) throws -> ConsultationCommand {
        var command = self
        if case .report = action { command.nonce = context.world.random.bytes(SignedCommand.nonceBytes) }
        command.signed = try SignedCommand(
            self, nonce: command.nonce, madeAt: context.now, key: context.signingKey)
        return command
    }

    private static let actorBytes = 64

    /// - Throws: `consultation.badActor`, and what the report's own check throws.
    func check() throws {
        guard !actor.isEmpty, actor.utf8.count <= Self.actorBytes else {
            throw Failure(
                "consultation.badActor", "who acts is named in 1 to \(Self.actorBytes) bytes",
                remedy: "give the expert's id of the roster, or the practitioner's staff number")
        }
        if case .report(let text) = action { try text.check() }
    }
}

/// What the home answers to a command: where the attempt stands, and by which entry.
package struct ConsultationReceipt: Sendable, Equatable {
    package var request: ConsultationID
    package var attempt: Int
    package var home: NodeID
    package var state: ConsultationState
    /// The event's entry, printed.
    package var entry: String
    package var actor: String
    package var time: WallTime
    /// The same command had been carried out before.
    package var isDuplicate: Bool
    package var reportVersion: Int
}
