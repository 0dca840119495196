import Effects
import Recognition
import Regions
import ServiceKit

/// A doctor at a county: asks for patients' results and opens one of them.
final class Doctor: @unchecked Sendable {
    private let node: SimulatedNode
    private let ground: SimulationGround

    init(_ node: SimulatedNode, ground: SimulationGround) {
        self.node = node
        self.ground = ground
    }

    func run() async throws {
        let until = ground.plan.milliseconds
        while ground.elapsed < until {
            try await ground.time.sleep(milliseconds: 60_000 + Int64(ground.random.number(below: 240_000)))
            let patient = Hospital.demographics(Int(ground.random.number(below: UInt64(Hospital.patients))))
            guard let identifier = patient.identifiers.first else { continue }
            do {
                try await ask(about: identifier)
            } catch {
                ground.log.add("\(node.id) did not answer its doctor: \(error)")
            }
        }
    }

    private func ask(about identifier: PatientIdentifier) async throws {
        let inquiry = RecognitionService.Inquiry(
            identifier: identifier, practitioner: "D-1", organizationUnit: node.id.rawValue, purpose: .treatment,
            consent: "signed")
        let found = try await node.ask { try await $0.service(RecognitionService.self).find(inquiry) }
        guard let found else { return }
        ground.verdict.answered += 1
        guard let first = ground.choice(found.answer.summaries) else { return }
        let opened = try await node.ask {
            try await $0.service(RecognitionService.self).open(first.entry, statement: found.statement)
        }
        if let opened, !opened.content.patient.identifiers.contains(identifier) {
            ground.verdict.violation("privacy", "\(node.id) opened a result of another patient")
        }
    }
}
