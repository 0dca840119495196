import Effects
import Regions
package import ServiceKit
package import WorkflowKit

/// What operators ask of diagnoses.
package enum DiagnosisEndpoints: EndpointSet {
    /// A kind of diagnosis, with its times in seconds.
    package struct Level: Codable, Sendable, Equatable {
        package var kind: String
        package var name: String
        package var modality: String
        package var priority: String
        package var claimSeconds: UInt32
        package var reportSeconds: UInt32
        /// None where nobody audits.
        package var auditSeconds: UInt32?

        init(_ level: DiagnosisLevel) {
            kind = level.kind
            name = level.name
            modality = level.modality.rawValue
            priority = level.priority.rawValue
            claimSeconds = level.claimSeconds
            reportSeconds = level.reportSeconds
            auditSeconds = level.auditSeconds
        }
    }

    /// An expert of a roster, as somebody who waits for one wants to see it.
    package struct ExpertInfo: Codable, Sendable, Equatable {
        package var id: String
        package var name: String
        package var roster: String
        package var node: String
        package var specialties: [String]
        package var capabilities: [String]
        package var isOnDuty: Bool
        /// How many diagnoses of this roster the expert has, as far as this node knows, and how many they take at a time.
        package var load: Int
        package var capacity: Int?
    }

    package static let cases = CaseEndpoints<DiagnosisWorkflow>(path: "diagnoses")

    package static let levels = Endpoint<NoQuestion, [Level]>(
        .get, "diagnoses/levels", summary: "The kinds of diagnosis that the region agreed on.", question: .none,
        answer: .json)

    package static let experts = Endpoint<NoQuestion, [ExpertInfo]>(
        .get, "diagnoses/experts", summary: "The experts of the rosters: who is on duty, and how much each has to do.",
        question: .none, answer: .json)

    package static let request = Endpoint<CaseOrderInfo, CaseEndpoints<DiagnosisWorkflow>.Creation>(
        .post, "diagnoses", summary: "Asks for a diagnosis at the node where the patient is.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json, failures: [.forbidden, .conflict])

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(DiagnosisService.self)
        return cases.serve(
            service.book, purpose: .diagnosis,
            checkTopic: { _ = try KnownWord.value($0, what: "modality") as DiagnosisModality },
            read: { try await service.read($0, $1) },
            act: { try await service.act(try $0.deed(), on: try DiagnosisID($0.id)) })
            + [
                levels.serve { _ in service.context.region.current.diagnosisLevels.map(Level.init) },
                experts.serve { _ in try await service.experts() },
                request.serve { order in
                    let content = try order.content(of: DiagnosisWorkflow.self, at: service.context)
                    let asking = try order.asking(for: .diagnosis, at: service.context)
                    return .init(try await service.request(order.kind, content, asking))
                },
            ]
    }
}

extension DiagnosisService {
    fileprivate func experts() async throws -> [DiagnosisEndpoints.ExpertInfo] {
        let (now, rosters) = (context.now, context.region.current.rosters)
        return try await context.ledger.read { sql in
            try rosters.flatMap { roster in
                try roster.experts.map { expert in
                    DiagnosisEndpoints.ExpertInfo(
                        id: expert.id, name: expert.name, roster: roster.home.rawValue, node: expert.node.rawValue,
                        specialties: expert.specialties, capabilities: expert.capabilities,
                        isOnDuty: expert.isOnDuty(at: now),
                        load: try CaseTable<DiagnosisWorkflow>.load(of: expert.id, at: roster.home, in: sql),
                        capacity: expert.capacity)
                }
            }
        }
    }
}
