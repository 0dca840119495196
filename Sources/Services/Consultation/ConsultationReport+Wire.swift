import SwiftProtobuf
import Wire

extension ConsultationReport: ProtobufWireValue {
    package func wire() throws -> PBConsultationReport {
        var message = PBConsultationReport()
        message.findings = text.findings
        message.conclusion = text.conclusion
        message.expert = expert
        message.expertName = expertName
        return message
    }

    package init(wire message: PBConsultationReport) throws {
        text = ConsultationReportText(findings: message.findings, conclusion: message.conclusion)
        expert = message.expert
        expertName = message.expertName
    }
}
