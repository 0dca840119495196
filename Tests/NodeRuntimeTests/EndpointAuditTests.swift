import AdverseEvents
import Consultation
import Diagnosis
import Effects
import Identity
import NodeRuntime
import RecognitionEdge
import RecognitionTestKit
import Referral
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

@Suite("What an endpoint leaves in the audit ledger", .serialized)
struct EndpointAuditTests {
    private static let person = People.patient(1)
    private static let other = People.patient(2)

    @Test("is the action that it declares, once, and nothing where it declares none")
    func declared() async throws {
        try await RecognitionRegion.run { region in
            let home = try NodeID("pingding")
            try await region.publishConfiguration { configuration in
                configuration.rosters = [
                    ExpertRoster(
                        home: home, experts: [Expert(id: "ecg-li", name: "李", node: home, specialties: ["ecg"])])
                ]
                configuration.serviceLevels = [
                    ServiceLevel(
                        kind: "ecg", name: "心电", specialty: "ecg", claimSeconds: 600, reportSeconds: 600,
                        graceSeconds: 60)
                ]
                configuration.diagnosisLevels = [
                    DiagnosisLevel(
                        kind: "ecg", name: "心电", specialty: "ecg", modality: .ecg, claimSeconds: 600,
                        reportSeconds: 600, graceSeconds: 60)
                ]
                configuration.referralLevels = [
                    ReferralLevel(
                        kind: "up-green", name: "绿色通道", direction: .up, answerSeconds: 600, arrivalSeconds: 600,
                        returnSeconds: 600)
                ]
                configuration.adverseLevels = [
                    AdverseLevel(grade: "level-1", name: "警告事件", acceptSeconds: 600, analysisSeconds: 600)
                ]
                configuration.adverseControllers = [
                    AdverseControllers(
                        unit: try OrgUnitID("jucheng"), node: try NodeID("jucheng"), practitioners: ["dr-li"])
                ]
            }
            try await region.waitUntilConfigured()
            let clinic = try region.node("jucheng")
            for patient in [Self.person, Self.other] {
                try await clinic.publish(RecognitionRegion.report("J-" + patient.identifier, of: patient))
            }
            let asked = try await Self.questions(at: clinic)
            let served = try ServiceList.endpoints(of: ServiceList.all).flatMap { try $0.endpoints(of: clinic.node) }
            let declared = served.count { $0.description.audit != nil }
            #expect(declared >= 10)
            for endpoint in served {
                let (name, audit) = (Self.name(endpoint.description), endpoint.description.audit)
                let request = asked[name]
                #expect(audit == nil || request != nil, "\(name) is not asked here")
                let before = try await Self.audited(at: clinic)
                do {
                    _ = try await endpoint.respond(request ?? EndpointRequest())
                } catch  where request == nil {
                    // Nothing was asked; nothing may be left either.
                }
                let written = try await Self.audited(at: clinic).filter { before[$0.key] == nil }.map(\.value)
                #expect(written == (audit.map { [$0] } ?? []), "\(name)")
            }
        }
    }

    private static func name(_ description: EndpointDescription) -> String {
        "\(description.method.rawValue) \(description.path)"
    }

    private static func audited(at node: TestNode) async throws -> [String: String] {
        try await node.node.context.ledger.read { sql in
            Dictionary(
                uniqueKeysWithValues: try sql.rows("SELECT entry, action FROM audit", []).map {
                    (try $0.text(0), try $0.text(1))
                })
        }
    }

    /// A question about somebody for each endpoint that is about people, and for those that write.
    private static func questions(at node: TestNode) async throws -> [String: EndpointRequest] {
        let question = RecordQuestion(
            identifierType: person.identifierType, identifierAuthority: person.authority,
            identifier: person.identifier, practitioner: "dr-li", unit: node.id, order: "O-1")
        let entry = try #require(try await node.find(person).results.first).entry
        let opening = RecordOpening(entry: entry, question: question)
        let other = IdentifierInfo(other.key)
        let order = ConsultationOrder(
            kind: "ecg", identifierType: person.identifierType, identifierAuthority: person.authority,
            identifier: person.identifier, patientName: "赵试一", clinicalSummary: "胸痛", reason: "请阅心电图",
            practitioner: "dr-li", unit: node.id, consent: "signed", orderNumber: "E-1")
        let made = try await answer(ConsultationEndpoints.create, order, of: ConsultationEndpoints.self, at: node)
        let referral = try await answer(
            ReferralEndpoints.write,
            ReferralEndpoints.Order(
                kind: "up-green", identifierType: person.identifierType, identifierAuthority: person.authority,
                identifier: person.identifier, patientName: "赵试一", practitioner: "dr-li", unit: node.id,
                consent: "signed",
                values: [("diagnosis", "急性心肌梗死"), ("summary", "胸痛两小时"), ("reason", "需介入治疗")].map {
                    CaseValue(field: $0, text: $1)
                }), of: ReferralEndpoints.self, at: node)
        let diagnosis = try await answer(
            DiagnosisEndpoints.request,
            CaseOrderInfo(
                kind: "ecg", identifierType: person.identifierType, identifierAuthority: person.authority,
                identifier: person.identifier, patientName: "赵试一", practitioner: "dr-li", unit: node.id,
                consent: "signed",
                values: [("summary", "胸痛"), ("question", "是否心肌梗死")].map { CaseValue(field: $0, text: $1) }),
            of: DiagnosisEndpoints.self, at: node)
        let event = try await answer(
            AdverseEndpoints.report,
            AdverseEndpoints.Report(
                grade: "level-1", kind: "fall", unit: node.id,
                values: [CaseValue(field: "what", text: "如厕时滑倒"), CaseValue(field: "harm", text: "mild")]),
            of: AdverseEndpoints.self, at: node)
        var asked: [String: EndpointRequest] = [:]
        func ask<Question, Answer>(_ endpoint: Endpoint<Question, Answer>, _ question: Question) throws {
            asked[name(endpoint.description)] = try endpoint.request(question)
        }
        try ask(RecordEndpoints.find, question)
        try ask(RecordEndpoints.versions, question)
        try ask(RecordEndpoints.open, opening)
        try ask(RecordEndpoints.export, opening)
        try ask(RecognitionEndpoints.match, MatchRecordQuestion(question: question, codes: ["GLU"]))
        try ask(IdentityEndpoints.show, question)
        try ask(IdentityEndpoints.lookup, IdentityLookup(question: question))
        try ask(IdentityEndpoints.link, IdentityLinking(question: question, others: [other], evidence: "document"))
        try ask(IdentityEndpoints.separate, IdentitySeparating(question: question, from: [other], reason: "登记错误"))
        try ask(ConsultationEndpoints.create, order)
        try ask(ConsultationEndpoints.show, .init(id: made.request))
        try ask(ConsultationEndpoints.read, ConsultationReading(request: made.request, practitioner: "dr-li"))
        try ask(
            ReferralEndpoints.cases.read, .init(id: referral.id, practitioner: "dr-li", unit: node.id))
        try ask(DiagnosisEndpoints.cases.read, .init(id: diagnosis.id, practitioner: "dr-li", unit: node.id))
        try ask(AdverseEndpoints.cases.read, .init(id: event.id, practitioner: "dr-li", unit: node.id))
        return asked
    }

    /// Asks an endpoint of a service at a node, as a client does.
    private static func answer<Question, Answer>(
        _ endpoint: Endpoint<Question, Answer>, _ question: Question, of set: any EndpointSet.Type, at node: TestNode
    ) async throws -> Answer {
        let served = try set.endpoints(of: node.node)
        let found = try #require(served.first { name($0.description) == name(endpoint.description) })
        return try endpoint.read(try await found.respond(try endpoint.request(question)))
    }
}
