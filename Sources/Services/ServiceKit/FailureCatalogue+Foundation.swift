package import Effects
import Calls
import Couriers
import Ledgers
import Regions
import Storage
import Trust
import Wire

extension FailureCatalogue {
    /// What every service may meet: the failures of what it stands on.
    package static let foundation = FailureCatalogue(
        FailureDefinition.effects, FailureDefinition.regions, FailureDefinition.trust, FailureDefinition.wire,
        FailureDefinition.storage, FailureDefinition.ledgers, FailureDefinition.calls, FailureDefinition.couriers,
        FailureDefinition.serviceKit)
}
