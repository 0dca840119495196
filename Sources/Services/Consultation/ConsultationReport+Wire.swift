import Foundation
import SwiftProtobuf
import Wire

extension ConsultationReport: ProtobufWireValue {
    package func wire() throws -> PBConsultationReport {
        var message = PBConsultationReport()
        message.findings = text.findings
        message.conclusion = text.conclusion
        message.expert = expert
        message.expertName = expertName
        message.nonce = Data(nonce)
        return message
    }

    package init(wire message: PBConsultationReport) throws {
        text = ConsultationReportText(findings: message.findings, conclusion: message.conclusion)
        expert = message.expert
        expertName = message.expertName
        nonce = [UInt8](message.nonce)
    }
}
