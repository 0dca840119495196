import Consultation
import Effects
import Regions

/// A township's doctor who asks for diagnoses and takes note of the answers.
final class Clinic: @unchecked Sendable {
    private let node: SimulatedNode
    private let ground: SimulationGround
    private let journal: Journal
    private let count: Int

    init(_ node: SimulatedNode, ground: SimulationGround, journal: Journal, count: Int) {
        self.node = node
        self.ground = ground
        self.journal = journal
        self.count = count
    }

    func run() async throws {
        let mean = UInt64(max(1, ground.plan.milliseconds / Int64(max(1, count))))
        for number in 1...max(1, count) {
            try await ground.time.sleep(milliseconds: Int64(ground.random.number(below: 2 * mean)))
            try await ask(number)
        }
    }

    private func ask(_ number: Int) async throws {
        let patient = Int(ground.random.number(below: UInt64(Hospital.patients)))
        let draft = ConsultationDraft(
            kind: SimulatedRegion.kind,
            content: ConsultationContent(
                patient: ConsultationPatient(
                    identifiers: [.init(type: "MR", authority: "region", value: "P\(patient)")], name: "试\(patient)"),
                clinicalSummary: "胸痛", reason: "请阅心电图", orderNumber: "\(node.id)-q\(number)"),
            practitioner: "D-2", organizationUnit: node.id.rawValue, consent: "signed")
        while true {
            if let running = node.node, let life = node.life, life.isAlive {
                do {
                    let created = try await running.service(ConsultationService.self).create(draft)
                    if life.isAlive {
                        ground.scheduler.note("requested \(created.id)")
                        ground.verdict.requests += 1
                        journal.add(created.id)
                        return
                    }
                } catch {
                    ground.log.add("\(node.id) did not take a request: \(error)")
                }
            }
            try await ground.time.sleep(milliseconds: 5_000)
        }
    }

    /// Takes note of reports as long as the simulation lasts.
    func takeNote() async throws {
        while true {
            try await ground.time.sleep(milliseconds: 120_000 + Int64(ground.random.number(below: 120_000)))
            guard let running = node.node else { continue }
            do {
                let service = try running.service(ConsultationService.self)
                for record in try await service.list(ConsultationFilter(state: .reported))
                where record.requester == node.id {
                    _ = try await service.acknowledge(record.id, practitioner: "D-2")
                }
            } catch {
                ground.log.add("\(node.id) did not take note: \(error)")
            }
        }
    }
}
