import Diagnosis
import Effects
import Regions
import ServiceKit
import Synchronization
import WorkflowKit
import YilianTestKit

/// A small region that has agreed on diagnoses: `jucheng` is a township of `pingding`, whose roster has two experts of ECG,
/// one of whom audits; the city `shi` has one of each.
enum DiagnosisRegion {
    static let claimSeconds: UInt32 = 180
    static let reportSeconds: UInt32 = 600
    static let auditSeconds: UInt32 = 1_800
    static let graceSeconds: UInt32 = 60
    static let patientName = "赵试七"
    static let clinician = "王医生"
    static let report = ["findings": "窦性心律，ST 段抬高", "conclusion": "急性前壁心肌梗死"]

    static func run(
        _ change: @escaping @Sendable (inout RegionConfiguration) throws -> Void = { _ in },
        _ body: @Sendable (TestRegion) async throws -> Void
    ) async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            try await region.publishConfiguration { configuration in
                configuration.rosters = [
                    ExpertRoster(
                        home: try NodeID("pingding"),
                        experts: [
                            try expert("ecg-li", at: "pingding"),
                            try expert("ecg-wu", at: "pingding", capabilities: ["audit"]),
                        ]),
                    ExpertRoster(
                        home: try NodeID("shi"), experts: [try expert("ecg-chen", at: "shi", capabilities: ["audit"])]),
                ]
                configuration.diagnosisLevels = [
                    level("ecg-emergency", .emergency), level("ecg-audited", .routine, audit: auditSeconds),
                ]
                try change(&configuration)
            }
            try await region.waitUntilConfigured()
            try await body(region)
        }
    }

    static func expert(
        _ id: String, at node: String, capabilities: [String] = [], duty: [DutyTime] = []
    ) throws -> Expert {
        Expert(
            id: id, name: "专家\(id)", node: try NodeID(node), specialties: ["ecg"], capabilities: capabilities,
            duty: duty)
    }

    private static func level(
        _ kind: String, _ priority: DiagnosisPriority, audit: UInt32? = nil
    ) -> DiagnosisLevel {
        DiagnosisLevel(
            kind: kind, name: "心电诊断", specialty: "ecg", modality: .ecg, priority: priority,
            claimSeconds: claimSeconds, reportSeconds: reportSeconds, auditSeconds: audit, graceSeconds: graceSeconds)
    }

    static func content(order: String = "") -> CaseContent {
        CaseContent(
            patient: PatientDemographics(
                identifiers: [.init(type: "MR", authority: "ehc", value: "C-4713")], name: patientName),
            values: ["summary": "胸痛两小时", "question": "是否心肌梗死"], orderNumber: order)
    }

    static let asking = Asking(
        practitioner: clinician, organizationUnit: "jucheng", purpose: .diagnosis, consent: "口头")

    static func reading(_ practitioner: String, at unit: String) -> Asking {
        Asking(practitioner: practitioner, organizationUnit: unit, purpose: .diagnosis)
    }
}

extension TestRegion {
    func diagnoses(_ node: String) throws -> DiagnosisService {
        try self.node(node).node.service(DiagnosisService.self)
    }

    func request(_ kind: String = "ecg-emergency") async throws -> DiagnosisID {
        try await diagnoses("jucheng").request(kind, DiagnosisRegion.content(), DiagnosisRegion.asking).id
    }

    /// Somebody at a node does something, as soon as the node knows enough of the request.
    @discardableResult
    func act(
        _ node: String, _ practitioner: String, _ event: DiagnosisEvent, _ id: DiagnosisID,
        _ values: [String: String] = [:], specimens: [String] = []
    ) async throws -> DiagnosisReceipt {
        let service = try diagnoses(node)
        var deed = CaseDeed<DiagnosisWorkflow>(event, by: practitioner, values: values)
        deed.items = specimens.map { CaseItem($0) }
        let early: Set<Failure.Code> = [
            "diagnosis.unknown", "diagnosis.wrongState", "diagnosis.notOffered", "workflow.unmatched",
            // Of another attempt it has not heard yet.
            "diagnosis.notAnExpert", "call.notReachable",
        ]
        let found = Mutex<DiagnosisReceipt?>(nil)
        try await wait(for: "\(event.rawValue) at \(node)") { [deed] in
            do {
                let receipt = try await service.act(deed, on: id)
                found.withLock { $0 = receipt }
                return true
            } catch let failure as Failure where early.contains(failure.code) {
                return false
            }
        }
        guard let receipt = found.withLock({ $0 }) else { throw Failure("test.never", "nothing was answered") }
        return receipt
    }

    /// What somebody is refused with.
    func refusal(
        _ node: String, _ practitioner: String, _ event: DiagnosisEvent, _ id: DiagnosisID,
        _ values: [String: String] = [:]
    ) async throws -> Failure.Code? {
        let service = try diagnoses(node)
        return await code { _ = try await service.act(CaseDeed(event, by: practitioner, values: values), on: id) }
    }

    func wait(_ node: String, knows id: DiagnosisID, as state: DiagnosisState) async throws {
        let book = try diagnoses(node).book
        try await wait(for: "\(state.rawValue) at \(node)") { (try? await book.show(id).state) == state }
    }
}

/// Runs `body` and gives the code of the failure that it throws; `nil` where it throws none.
func code(_ body: () async throws -> Void) async -> Failure.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? Failure)?.code ?? "test.other"
    }
}
