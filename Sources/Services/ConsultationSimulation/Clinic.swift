import Consultation
import Effects
import Regions
import ServiceKit
import Simulator

/// A township's doctor who asks for diagnoses and takes note of the answers.
struct Clinic: Sendable {
    let user: ServiceUser
    /// How many requests it makes.
    let count: Int

    private var node: SimulatedNode { user.node }
    private var shared: SharedSimulation { user.shared }

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
                if let created = try await user.ask({ try await $0.create(draft) }) {
                    shared.note("requested \(created.id)")
                    shared.verdict.requests += 1
                    user.journal.add(created.id)
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
        try await user.rounds(pause: 120_000..<240_000, "did not take note") {
            let reported = try await user.ask { try await $0.list(ConsultationFilter(state: .reported)) }
            for record in reported ?? [] where record.requester == node.id {
                _ = try await user.ask { try await $0.acknowledge(record.id, practitioner: "D-2") }
            }
        }
    }
}
