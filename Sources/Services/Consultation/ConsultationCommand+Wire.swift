import Effects
import Foundation
import Ledgers
import Regions
import SwiftProtobuf
import Wire

extension ConsultationCommand: ProtobufWireValue {
    package func wire() throws -> PBConsultationCommand {
        var message = PBConsultationCommand()
        message.request = request.description
        message.attempt = UInt32(clamping: attempt)
        message.home = home.rawValue
        message.actor = actor
        message.origin = origin.rawValue
        switch action {
        case .claim: message.claim = PBConsultationClaim()
        case .acknowledge: message.acknowledge = PBConsultationAcknowledge()
        case .report(let text):
            message.report.findings = text.findings
            message.report.conclusion = text.conclusion
        }
        if let signed { message.signed = signed.wire() }
        message.nonce = Data(nonce)
        message.seen = seen?.description ?? ""
        return message
    }

    package init(wire message: PBConsultationCommand) throws {
        let action: Action
        switch message.action {
        case .claim: action = .claim
        case .acknowledge: action = .acknowledge
        case .report(let text):
            action = .report(ConsultationReportText(findings: text.findings, conclusion: text.conclusion))
        case nil: throw Failure("consultation.malformed", "the command says nothing that this node knows")
        }
        self.init(
            request: try ConsultationID(message.request),
            attempt: try PeerNumber.count(message.attempt, atMost: Limits.consultationAttempts, "an attempt's number"),
            home: try NodeID(message.home), actor: message.actor, origin: try NodeID(message.origin), action: action,
            seen: message.seen.isEmpty ? nil : try EntryID(message.seen))
        signed = message.hasSigned ? try SignedCommand(wire: message.signed) : nil
        nonce = [UInt8](message.nonce.prefix(SignedCommand.nonceBytes + 1))
    }
}

extension ConsultationReceipt: ProtobufWireValue {
    package func wire() throws -> PBConsultationReceipt {
        var message = PBConsultationReceipt()
        message.request = request.description
        message.attempt = UInt32(clamping: attempt)
        message.home = home.rawValue
        message.state = state.rawValue
        message.entry = entry
        message.actor = actor
        message.time = time.milliseconds
        message.duplicate = isDuplicate
        message.reportVersion = UInt32(clamping: reportVersion)
        return message
    }

    package init(wire message: PBConsultationReceipt) throws {
        guard let state = ConsultationState(rawValue: message.state) else {
            throw Failure("consultation.malformed", "the receipt cannot be read")
        }
        self.init(
            request: try ConsultationID(message.request),
            attempt: try PeerNumber.count(message.attempt, atMost: Limits.consultationAttempts, "an attempt's number"),
            home: try NodeID(message.home), state: state, entry: message.entry, actor: message.actor,
            time: try PeerNumber.time(message.time), isDuplicate: message.duplicate,
            reportVersion: try PeerNumber.count(
                message.reportVersion, atMost: Limits.attemptEvents, "a report's version"))
    }
}
