import AdverseEvents
package import Calls
import ConsoleKit
import Consultation
import ConsultationEdge
import Couriers
import Destinations
import Diagnosis
package import EdgeKit
import Identity
import IdentityEdge
import Imaging
import ImagingEdge
import Indicators
import Inventory
package import Ledgers
import NodeReports
import Recognition
import RecognitionEdge
import Referral
import ReferralEdge
package import Regions
package import ServiceKit
import WorkflowKit

/// The services of a node.
///
/// Adding one is adding its line here, and another one where it answers hospitals' systems.
package enum ServiceList {
    package static let all: [any NodeService.Type] = [
        IdentityService.self,
        RecognitionService.self,
        ConsultationService.self,
        DiagnosisService.self,
        ReferralService.self,
        AdverseService.self,
        IndicatorsService.self,
        InventoryService.self,
        ImagingService.self,
        DestinationsService.self,
    ]

    /// What the services answer to hospitals' systems.
    package static let handlers: [any HospitalHandlers.Type] = [
        IdentityHandlers.self,
        RecognitionHandlers.self,
        ConsultationHandlers.self,
        ReferralHandlers.self,
        ImagingHandlers.self,
    ]

    /// Every method that nodes call each other by; `Contract.txt` freezes those of ``all``.
    package static func methods(of services: [any NodeService.Type] = all) throws -> [Method] {
        try CourierMethods.all + ReportMethods.all + services.flatMap { try $0.methods }
    }

    /// What the services read of a region's and a node's files.
    package static var sections: ConfigurationSections { sections(of: all) }

    package static func sections(of services: [any NodeService.Type]) -> ConfigurationSections {
        ConfigurationSections(
            region: [AccessRules.self, WorkingHours.self, RosterSection.self] + services.flatMap { $0.regionSections },
            node: [HospitalPractitioners.self, ExpertsHere.self] + services.flatMap { $0.nodeSections }
                + handlers.flatMap { $0.nodeSections },
            purposes: PurposeList(services).words, indicatorIDs: [IndicatorDefinition](of: services).map(\.id),
            consoleRoles: ConsoleRole.allCases.map(\.rawValue))
    }

    /// For what somebody may ask about a person.
    package static let purposes = PurposeList(all)

    /// What operators may ask of a node's services.
    package static func endpoints(of services: [any NodeService.Type]) -> [any EndpointSet.Type] {
        services.flatMap { $0.endpoints } + handlers.flatMap { $0.endpoints }
    }

    /// Everything that a node folds.
    package static var projections: ProjectionSet { projections(of: all) }

    package static func projections(of services: [any NodeService.Type]) -> ProjectionSet {
        ProjectionSet(
            [
                RegionProjection(), GrantProjection(), SetAsideNoticeProjection(), AuditProjection(),
                MessageProjection(), OperatorActProjection(), LinkPauseProjection(), CaseTables(),
                FactProjection(services.flatMap { $0.facts }),
            ]
                + services.flatMap { $0.projections })
    }
}
