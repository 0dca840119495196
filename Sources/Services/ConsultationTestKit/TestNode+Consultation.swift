import Consultation
import ServiceKit
public import YilianTestKit

extension TestInquirer.Purpose {
    /// To have a diagnosis or an opinion from somebody elsewhere.
    public static let consultation = TestInquirer.Purpose(rawValue: "consultation")
}

extension TestNode {
    /// Makes a request for a remote diagnosis at this node, where the patient is.
    ///
    /// - Parameters:
    ///   - kind: one of the region's service levels (``TestSections``).
    ///   - inquirer: who asks; without an emergency's reason the patient's consent must be given.
    /// - Returns: the request's id.
    public func requestConsultation(
        _ kind: String, for patient: TestPatient, summary: String = "胸痛两小时", reason: String = "请诊断心电图",
        order: String? = nil, by inquirer: TestInquirer = TestInquirer(consent: "signed")
    ) async throws -> String {
        try await TestFailure.translating {
            let content = ConsultationContent(
                patient: PatientDemographics(identifiers: [patient.key], name: patient.name),
                clinicalSummary: summary, reason: reason, orderNumber: order ?? "")
            var asking = inquirer.asking
            asking.organizationUnit = id
            let draft = ConsultationDraft(kind: kind, content: content, asking: asking)
            return try await node.service(ConsultationService.self).create(draft).id.description
        }
    }

    /// The requests that concern this node, the newest first.
    public func consultations() async throws -> [TestConsultation] {
        try await TestFailure.translating {
            try await node.service(ConsultationService.self).list().map(TestConsultation.init)
        }
    }

    /// What this node knows of a request.
    public func consultation(_ request: String) async throws -> TestConsultation {
        try await TestFailure.translating {
            TestConsultation(try await node.service(ConsultationService.self).show(try ConsultationID(request)))
        }
    }

    /// Opens a request: at the requester's node, or as an expert to whom it is offered here or who has claimed it.
    public func openConsultation(_ request: String, by reader: String) async throws -> OpenedConsultation {
        try await TestFailure.translating {
            OpenedConsultation(
                try await node.service(ConsultationService.self).read(
                    try ConsultationID(request), by: reader, of: id))
        }
    }

    /// Claims a request for an expert who works at this node.
    ///
    /// - Returns: the state that the attempt has then.
    @discardableResult
    public func claimConsultation(_ request: String, as expert: String) async throws -> String {
        try await TestFailure.translating {
            try await node.service(ConsultationService.self).claim(try ConsultationID(request), expert: expert)
                .state.rawValue
        }
    }

    /// Reports on a request that the expert has claimed; another text later is a new version.
    ///
    /// - Returns: the state that the attempt has then.
    @discardableResult
    public func reportConsultation(
        _ request: String, as expert: String, findings: String = "窦性心律", conclusion: String = "正常心电图"
    ) async throws -> String {
        try await TestFailure.translating {
            try await node.service(ConsultationService.self).report(
                try ConsultationID(request), expert: expert,
                text: ConsultationReportText(findings: findings, conclusion: conclusion)
            ).state.rawValue
        }
    }

    /// Takes note of a report, at the node where the request was made.
    ///
    /// - Returns: the state that the attempt has then.
    @discardableResult
    public func acknowledgeConsultation(_ request: String, by practitioner: String = "doctor") async throws -> String {
        try await TestFailure.translating {
            try await node.service(ConsultationService.self).acknowledge(
                try ConsultationID(request), practitioner: practitioner
            ).state.rawValue
        }
    }
}
