import Consultation
import Effects
import Regions
import ServiceKit
import Simulator

/// A township's doctor who asks for diagnoses and takes note of the answers.
final class Clinic: @unchecked Sendable {
    private let node: SimulatedNode
    private let shared: SharedSimulation
    private let journal: RequestJournal
    private let count: Int

    init(_ node: SimulatedNode, shared: SharedSimulation, journal: RequestJournal, count: Int) {
        self.node = node
        self.shared = shared
        self.journal = journal
        self.count = count
    }

    func run() async throws {
        for (index, moment) in shared.moments(count).enumerated() {
            try await shared.wait(until: moment)
            try await ask(index + 1)
        }
    }

    private func ask(_ number: Int) async throws {
        let patient = Int(shared.random.number(below: UInt64(SimulatedRegion.patients)))
        let draft = ConsultationDraft(
            kind: ConsultationPlay.kind,
            content: ConsultationContent(
                patient: PatientDemographics(
                    identifiers: [.init(type: "MR", authority: "region", value: "P\(patient)")], name: "试\(patient)"),
                clinicalSummary: "胸痛", reason: "请阅心电图", orderNumber: "\(node.id)-q\(number)"),
            asking: Asking(
                practitioner: "D-2", organizationUnit: node.id.rawValue, purpose: .consultation, consent: "signed"))
        while true {
            do {
                if let created = try await node.ask({ try await $0.service(ConsultationService.self).create(draft) }) {
                    shared.note("requested \(created.id)")
                    shared.verdict.requests += 1
                    journal.add(created.id)
                    return
                }
            } catch {
                shared.log.add("\(node.id) did not take a request: \(error)")
            }
            try await shared.time.sleep(milliseconds: 5_000)
        }
    }

    /// Takes note of reports as long as the simulation lasts.
    func takeNote() async throws {
        while true {
            try await shared.time.sleep(milliseconds: 120_000 + Int64(shared.random.number(below: 120_000)))
            do {
                let reported = try await node.ask {
                    try await $0.service(ConsultationService.self).list(ConsultationFilter(state: .reported))
                }
                for record in reported ?? [] where record.requester == node.id {
                    _ = try await node.ask {
                        try await $0.service(ConsultationService.self).acknowledge(record.id, practitioner: "D-2")
                    }
                }
            } catch {
                shared.log.add("\(node.id) did not take note: \(error)")
            }
        }
    }
}
