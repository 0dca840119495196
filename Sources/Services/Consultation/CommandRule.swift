import Effects
import Ledgers
import Regions
import Trust

/// Whether a command is possible, decided from the record, the region and the time alone.
struct CommandRule {
    var command: ConsultationCommand
    var record: ConsultationRecord
    var attempt: ConsultationAttempt
    var configuration: RegionConfiguration
    var now: WallTime

    enum Decision {
        case append(ConsultationEvent, to: ConsultationState, ConsultationWriter.Addition)
        /// It was carried out before, by this entry.
        case duplicate(ConsultationStep)
    }

    /// - Throws: `consultation.notAnExpert`, `.alreadyClaimed`, `.tooLate`, `.notTheClaimant`, `.notTheRequester`,
    ///   `.wrongState`; `.changed` where it could be done, and the actor saw the attempt before something else was.
    func decision(suite: Suite) throws -> Decision {
        let decision =
            switch command.action {
            case .claim: try claim()
            case .report(let text): try report(text, suite: suite)
            case .acknowledge: try acknowledge()
            }
        if case .append = decision, let seen = command.seen, seen != attempt.last?.entry {
            throw Failure(
                "consultation.changed", "the request has changed since: it is \(attempt.state.rawValue) now\(holder)",
                remedy: "look at it again, and decide anew")
        }
        return decision
    }

    /// Who has the request, for whoever comes too late.
    private var holder: String {
        guard let claimant = attempt.claimant else { return "" }
        let node = attempt.claimantNode.map { " at '\($0)'" } ?? ""
        return ": '\(claimant)'\(node) has it" + (attempt.claimedTime.map { " since \($0.chinaText)" } ?? "")
    }

    private func claim() throws -> Decision {
        let experts = configuration.roster(at: attempt.home)?.experts(for: record.terms.specialty) ?? []
        guard experts.contains(where: { $0.id == command.actor && $0.node == command.origin }) else {
            throw Failure(
                "consultation.notAnExpert",
                "the roster of \(attempt.home) has no such expert for \(record.terms.specialty) at \(command.origin)",
                remedy: "claim as an expert of the roster, at the node where the expert works")
        }
        if let claimant = attempt.claimant {
            let claim = attempt.steps.first { $0.event == .claimed }
            if claimant == command.actor, let claim { return .duplicate(claim) }
            throw Failure("consultation.alreadyClaimed", "the request is claimed\(holder)")
        }
        if attempt.state == .offered, let deadline = attempt.deadline, deadline <= now {
            throw Failure("consultation.tooLate", "the claim was due by \(deadline.chinaText)")
        }
        var addition = ConsultationWriter.Addition(of: command)
        addition.deadline = record.terms.reportDeadline(from: now)
        return .append(.claimed, to: try state(after: .claimed, by: .claimant), addition)
    }

    private func report(_ text: ConsultationReportText, suite: Suite) throws -> Decision {
        guard attempt.claimant == command.actor, attempt.claimantNode == command.origin else {
            throw Failure(
                "consultation.notTheClaimant",
                attempt.claimant.map { "the request is claimed by \($0)" } ?? "nobody has claimed the request",
                remedy: "claim the request before reporting on it")
        }
        let expert = configuration.rosters.flatMap(\.experts).first { $0.id == command.actor }
        let report = ConsultationReport(
            text: text, expert: command.actor, expertName: expert?.name ?? "", nonce: command.nonce)
        if let last = attempt.reports.last, last.contentDigest == suite.digest(try report.said.wireBytes()).bytes {
            return .duplicate(last)
        }
        var addition = ConsultationWriter.Addition(of: command)
        addition.reportVersion = attempt.reports.count + 1
        addition.payload = try report.wireBytes()
        return .append(.reported, to: try state(after: .reported, by: .claimant), addition)
    }

    private func acknowledge() throws -> Decision {
        guard command.origin == record.requester else {
            throw Failure(
                "consultation.notTheRequester", "the request was made at \(record.requester)",
                remedy: "acknowledge the report where the request was made")
        }
        if attempt.state == .acknowledged, let last = attempt.last { return .duplicate(last) }
        return .append(
            .acknowledged, to: try state(after: .acknowledged, by: .requester),
            ConsultationWriter.Addition(of: command))
    }

    private func state(after event: ConsultationEvent, by role: ConsultationRole) throws -> ConsultationState {
        guard let next = ConsultationWorkflow.state(after: attempt.state, event, by: role) else {
            throw Failure(
                "consultation.wrongState",
                "the attempt is \(attempt.state.rawValue), it cannot be \(event.rawValue)\(holder)",
                remedy: "look at the request with `yilian consult show`")
        }
        return next
    }

    func receipt(_ entry: EntryID, time: WallTime, state: ConsultationState, isDuplicate: Bool) -> ConsultationReceipt {
        let version =
            if case .report = command.action { attempt.reports.count + (isDuplicate ? 0 : 1) } else {
                attempt.reports.count
            }
        return ConsultationReceipt(
            request: record.id, attempt: attempt.number, home: attempt.home, state: state, entry: entry.description,
            actor: command.actor, time: time, isDuplicate: isDuplicate, reportVersion: version)
    }
}
