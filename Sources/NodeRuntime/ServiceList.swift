package import Calls
import Consultation
import Couriers
import Identity
import Indicators
package import Ledgers
import Recognition
package import Regions
package import ServiceKit

/// The services of a node.
///
/// Adding one is adding its line here.
package enum ServiceList {
    package static let all: [any NodeService.Type] = [
        IdentityService.self,
        RecognitionService.self,
        ConsultationService.self,
        IndicatorsService.self,
    ]

    /// Every method that nodes call each other by; `Contract.txt` freezes them.
    package static func methods() throws -> [Method] {
        try CourierMethods.all + all.flatMap { try $0.methods }
    }

    /// What the services read of a region's and a node's files.
    package static var sections: ConfigurationSections {
        ConfigurationSections(
            region: all.flatMap { $0.regionSections }, node: all.flatMap { $0.nodeSections },
            purposes: AccessStatement.Purpose.allCases.map(\.rawValue))
    }

    /// Everything that a node folds.
    package static var projections: ProjectionSet {
        ProjectionSet(
            [
                RegionProjection(), GrantProjection(), SetAsideNoticeProjection(), AuditProjection(),
                FactProjection(all.flatMap { $0.facts }),
            ]
                + all.flatMap { $0.projections })
    }
}
