import Consultation
import Destinations
import Identity
import Indicators
import Inventory
import RecognitionEdge
import ServiceKit

/// The endpoints that services bring; adding a service is adding its line here.
enum EndpointList {
    static let all: [any EndpointSet.Type] = [
        RecordEndpoints.self, IdentityEndpoints.self, RecognitionEndpoints.self, SheetEndpoints.self,
        ConsultationEndpoints.self, IndicatorEndpoints.self, InventoryEndpoints.self,
        DestinationEndpoints.self,
    ]
}
