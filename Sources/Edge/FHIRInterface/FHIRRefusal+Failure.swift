import EdgeKit
import Effects
import FHIR

extension FHIRRefusal {
    /// What a failure of the node means to whoever asked, by its class.
    ///
    /// What nobody outside can mend is told by its correlation id only.
    init(_ failure: Failure) {
        let text = failure.message + (failure.remedy.map { "; " + $0 } ?? "")
        let type = OperationOutcome.IssueType(of: failure.class)
        switch failure.class {
        case .invalid: self.init(400, type, text)
        case .forbidden: self.init(403, type, text)
        case .absent: self.init(404, type, text)
        case .conflict, .tooLate: self.init(409, type, text)
        case .retry where failure.code == "access.tooMany":
            self.init(429, .throttled, text, headers: ["Retry-After": "60"])
        case .retry where failure.code.rawValue.hasPrefix("call."):
            self.init(
                504, .timeout, "the node that holds the result cannot be reached now", headers: ["Retry-After": "10"])
        case .retry: self = Self.tryAgain
        case .broken: self.init(500, type, FailureClass.broken.sentence.english)
        }
        issue.details = .init(
            code: failure.code.rawValue,
            text: failure.class == .broken
                ? FailureClass.broken.sentence.chinese : FailureCatalogue.edge.chineseText(of: failure.code))
    }

    static let tryAgain = FHIRRefusal(
        503, .transient, IntakeObstacle.tryAgainText, headers: ["Retry-After": "5"])
}
