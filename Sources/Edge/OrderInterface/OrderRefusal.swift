import Effects
import RecognitionEdge

/// A request of the order interface that is not done: its HTTP status and what it says.
struct OrderRefusal {
    struct Document: Encodable {
        var code: String
        var zh: String
        var en: String
        var remedy: String?
        var correlation: String
    }

    var status: Int
    var code: Failure.Code
    var english: String
    var remedy: String?
    var headers: [String: String] = [:]

    init(_ error: any Error) {
        switch error {
        case let refusal as FHIRRefusal:
            status = refusal.status
            code = Self.code(ofStatus: refusal.status)
            english = refusal.issue.diagnostics
            headers = refusal.headers
        case let failure as Failure:
            status = Self.status(of: failure.code)
            code = failure.code
            // What nobody outside can mend is told by its correlation id only.
            english = status == 500 ? "something went wrong in the node; its log tells what" : failure.message
            remedy = status == 500 ? nil : failure.remedy
            if status == 503 || status == 504 { headers["Retry-After"] = "5" }
        case is CancellationError:
            (status, code, english) = (503, "node.stopping", "the node is stopping; try again")
        default:
            (status, code, english) = (500, "node.failed", "something went wrong in the node; its log tells what")
        }
    }

    func response(_ correlation: String) -> FHIRResponse {
        let document = Document(
            code: code.rawValue, zh: RefusalText.chinese(code), en: english, remedy: remedy, correlation: correlation)
        var response = (try? OrderDesk.json(document, status: status)) ?? FHIRResponse(status, [])
        response.headers = headers
        return response
    }

    private static func code(ofStatus status: Int) -> Failure.Code {
        switch status {
        case 401: "hook.login"
        case 403: "hook.forbidden"
        case 413: "hook.tooLarge"
        case 503: "ledger.overloaded"
        default: "access.incomplete"
        }
    }

    private static func status(of code: Failure.Code) -> Int {
        switch code {
        case "hook.unknown", "recognition.notFound", "recognition.noAlert": 404
        case "hook.method": 405
        case "recognition.decisionFinal", "recognition.notRecognisable", "recognition.notOffered": 409
        case "recognition.otherUnit", "access.otherPatient", "access.expired": 403
        case "ledger.overloaded", "ledger.keyEnded", "patientKey.noSecret", "patientKey.noEpoch",
            "recognition.noCatalogue":
            503
        default:
            switch code.rawValue.prefix(while: { $0 != "." }) {
            case "hook", "recognition", "access", "patient", "entry", "code": 400
            case "call": 504
            case "storage": 503
            default: code == "ledger.badEntryID" ? 400 : 500
            }
        }
    }
}
