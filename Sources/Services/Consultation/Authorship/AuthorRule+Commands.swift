import Effects
import Ledgers
import Regions
import ServiceKit
import Storage

extension AuthorRule {
    /// The home, carrying the command that the node signed where the actor sits: alone it cannot claim, report or take
    /// note in somebody's name.
    static let consultationActor = AuthorRule { question in
        let fields = try checkHome(question)
        guard let command = fields.command, command.isSigned(by: question.region), command.request == fields.request,
            command.attempt == fields.attempt, command.home == fields.home, command.actor == fields.actor,
            command.origin == fields.actorNode, command.action == action(of: question.entry.kind),
            command.seen == nil || command.seen == fields.follows
        else {
            throw Failure(
                "author.unsignedCommand",
                "\(question.entry.author) wrote in the name of an actor whose node did not sign that")
        }
        // Both are claims, so that every node judges alike, however its own clock stands: the home refused it already.
        guard command.madeAt <= question.entry.authorTime.advanced(byMilliseconds: toleranceMilliseconds) else {
            throw Failure("author.unsignedCommand", "the command of an event is signed for a time after it")
        }
        switch command.action {
        case .claim: try checkExpert(command, question)
        case .report: try checkReport(command, fields, question)
        case .acknowledge:
            guard command.origin == fields.request.requester else {
                throw Failure("author.notRequester", "\(command.origin) took note of another node's request")
            }
            try checkRegistered(command, question)
        }
    }

    /// How far honest clocks may differ.
    private static let toleranceMilliseconds: Int64 = 300_000

    private static func action(of kind: EntryKind) -> SignedCommand.Action? {
        switch kind {
        case .consultationClaimed: .claim
        case .consultationReported: .report
        case .consultationAcknowledged: .acknowledge
        default: nil
        }
    }

    /// The register of that time, which every node has, enters whoever took note.
    private static func checkRegistered(_ command: SignedCommand, _ question: AuthorQuestion) throws {
        let (time, deliveries) = (try question.time, question.region.deliveries)
        let isEntered = try question.mayHaveGoneBy {
            PractitionerRule.mayAct(command.actor, at: command.origin, time, by: $0, deliveries)
        }
        guard isEntered else {
            throw Failure(
                "author.notRegistered", "no register of a unit at \(command.origin) had the practitioner who took note",
                remedy: "see access.practitioners in the region configuration with `yilian region show`")
        }
    }

    /// A roster of that time places the expert at the node that signed.
    private static func checkExpert(_ command: SignedCommand, _ question: AuthorQuestion) throws {
        if try question.mayHaveGoneBy({ isOnRoster(command, $0) }) { return }
        throw Failure(
            "author.notExpert", "no roster of \(command.home) had the expert at \(command.origin) who claimed",
            remedy: "publish a region configuration whose rosters have the expert")
    }

    private static func isOnRoster(_ command: SignedCommand, _ configuration: RegionConfiguration) -> Bool {
        configuration.roster(at: command.home)?.experts.contains {
            $0.id == command.actor && $0.node == command.origin
        } ?? false
    }

    /// The claimant reports, and the text is the one that was signed, wherever it lies.
    private static func checkReport(
        _ command: SignedCommand, _ fields: ConsultationFields, _ question: AuthorQuestion
    ) throws {
        guard let payload = question.entry.payload else { return }
        let report = try ConsultationReport(wireBytes: payload)
        guard report.expert == command.actor,
            command.isOf(report.text, nonce: report.nonce, suite: question.region.suite)
        else {
            throw Failure(
                "author.unsignedCommand", "the text of a report is not the one that \(command.origin) signed")
        }
    }
}
