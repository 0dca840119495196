import Effects
import Ledgers
import RegionByHand
import Regions
import ServiceKit
import WorkflowKit

@testable import Consultation

typealias ConsultationRegion = RegionByHand<ConsultationService>

extension ConsultationRegion {
    /// Runs a test in a region of its own.
    ///
    /// - Parameter epochs: how many seconds later each further epoch of patient keys begins.
    static func run(
        experts: SampleRegion.Experts = .usual, epochs: [Int64] = [], _ body: (ConsultationRegion) async throws -> Void
    ) async throws {
        let region = try await ConsultationRegion(
            projections: projections, epochs: epochs,
            configuration: { try SampleRegion.configuration(experts: experts, from: $0) },
            round: { try await $0.watch.round() })
        try await region.use(body)
    }

    /// Opens a node after `stop`.
    ///
    /// - Parameter experts: those whom the node's file names.
    func start(_ name: String, experts: [String]) async throws {
        try await start(name, settings: NodeFileSections([ExpertsHere(experts: experts)]))
    }

    static var projections: ProjectionSet {
        ProjectionSet(
            [RegionProjection(), GrantProjection(), AuditProjection(), CaseTables()] + ConsultationService.projections
                + [FactProjection(ConsultationService.facts)])
    }
}

extension ConsultationRegion.Member {
    var watch: ConsultationWatch { ConsultationWatch(context: context) }
}
