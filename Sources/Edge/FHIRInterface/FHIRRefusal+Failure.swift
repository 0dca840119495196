import Effects
import FHIR

extension FHIRRefusal {
    /// What a failure of the node means to whoever asked.
    ///
    /// What nobody outside can mend is told by its correlation id only.
    init(_ failure: Failure) {
        let text = failure.message + (failure.remedy.map { "; " + $0 } ?? "")
        switch failure.code {
        case "access.incomplete": self.init(400, .required, text)
        case "patient.emptyIdentifier": self.init(400, .value, text)
        case "access.otherPatient", "access.expired": self.init(403, .forbidden, text)
        case "recognition.notFound", "ledger.notHeld": self.init(404, .notFound, text)
        case "patientKey.noEpoch", "patientKey.noSecret", "ledger.overloaded", "ledger.keyEnded", "attachment.noRoom",
            "attachment.notStored":
            self = Self.tryAgain
        default:
            switch failure.code.rawValue.prefix(while: { $0 != "." }) {
            case "identity": self.init(422, .businessRule, text)
            case "storage": self = Self.tryAgain
            case "call":
                self.init(
                    504, .timeout, "the node that holds the result cannot be reached now",
                    headers: ["Retry-After": "10"])
            default: self.init(500, .exception, "something went wrong in the node; its log tells what")
            }
        }
    }

    static let tryAgain = FHIRRefusal(
        503, .transient, IntakeObstacle.tryAgainText, headers: ["Retry-After": "5"])
}
