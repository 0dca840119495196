import Accounts
import Calls
import Console
import ConsoleKit
import Couriers
import DICOM
import Demo
import DirectorySignIn
import Edge
import EdgeKit
import Effects
import FHIR
import HL7
import ImagingEdge
import InventoryKit
import Ledgers
import Links
import NodeReports
import NodeRuntime
import RecognitionEdge
import Regions
import ServiceKit
import Simulator
import Storage
import Trust
import Wire
import WorkflowKit
import YilianTestKit

@testable import LoadDriver
@testable import RecognitionDriver
@testable import yilian

/// Every list of definitions in the sources, with the folder that declares it.
enum FailureLists {
    struct List: Sendable {
        var folder: String
        var definitions: [FailureDefinition]

        init(_ folder: String, _ definitions: [FailureDefinition]) {
            self.folder = folder
            self.definitions = definitions
        }
    }

    private static let belowServices: [List] = [
        List("Effects", FailureDefinition.effects), List("Regions", FailureDefinition.regions),
        List("Trust", FailureDefinition.trust), List("Wire", FailureDefinition.wire),
        List("Storage", FailureDefinition.storage), List("HL7", FailureDefinition.hl7),
        List("DICOM", FailureDefinition.dicom), List("FHIR", FailureDefinition.fhir),
        List("Links", FailureDefinition.links), List("Ledgers", FailureDefinition.ledgers),
        List("Calls", FailureDefinition.calls), List("Couriers", FailureDefinition.couriers),
        List("Services/ServiceKit", FailureDefinition.serviceKit),
        List("Services/WorkflowKit", FailureDefinition.workflowKit),
        List("Services/InventoryKit", FailureDefinition.inventoryKit),
    ]

    private static let services: [List] = ServiceList.all.map { service in
        List("Services/" + String(reflecting: service).prefix { $0 != "." }, service.failures)
    }

    private static let aboveServices: [List] = [
        List("ConsoleKit", FailureDefinition.consoleKit), List("Accounts", FailureDefinition.accounts),
        List("Services/EdgeKit", FailureDefinition.edgeKit),
        List("Services/RecognitionEdge", FailureDefinition.recognitionEdge),
        List("Services/ImagingEdge", FailureDefinition.imagingEdge),
        List("NodeReports", FailureDefinition.nodeReports),
        List("NodeRuntime", FailureDefinition.nodeRuntime), List("Edge", FailureDefinition.edge),
        List("Console", FailureDefinition.console),
        List("DirectorySignIn", FailureDefinition.directorySignIn), List("Demo", FailureDefinition.demo),
        List("Simulator", FailureDefinition.simulator), List("yilian", FailureDefinition.program),
        List("YilianTestKit", FailureDefinition.testKit), List("LoadDriver", FailureDefinition.loadDriver),
        List("Services/RecognitionDriver", FailureDefinition.resultsDriver),
    ]

    static let all: [List] = belowServices + services + aboveServices

    static let definitions: [FailureDefinition] = all.flatMap(\.definitions)

    static let codes: Set<String> = Set(definitions.map(\.code.rawValue))
}
