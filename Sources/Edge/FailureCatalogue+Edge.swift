import DICOM
import EdgeKit
package import Effects
import FHIR
import HL7
import NodeRuntime

extension FailureCatalogue {
    /// What a hospital's system may be answered.
    package static let edge = node.adding(
        FailureDefinition.hl7, FailureDefinition.dicom, FailureDefinition.fhir, FailureDefinition.edgeKit,
        ServiceList.handlers.flatMap { $0.failures }, FailureDefinition.edge)
}

extension Failure {
    /// What the failure means to a hospital's system.
    var `class`: FailureClass { FailureCatalogue.edge.class(of: code) }
}
