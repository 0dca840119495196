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
            status = Self.status(of: failure)
            code = failure.code
            // What nobody outside can mend is told by its correlation id only.
            english = status == 500 ? "something went wrong in the node; its log tells what" : failure.message
            remedy = status == 500 ? nil : failure.remedy
            if status == 503 || status == 504 { headers["Retry-After"] = "5" }
            if status == 429 { headers["Retry-After"] = "60" }
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
        case 406: "hook.notAcceptable"
        case 413: "hook.tooLarge"
        case 415: "hook.mediaType"
        case 429: "hook.tooMany"
        case 503: "ledger.overloaded"
        default: "access.incomplete"
        }
    }

    /// The status of a failure's class.
    private static func status(of failure: Failure) -> Int {
        switch failure.class {
        case .invalid: failure.code == "hook.method" ? 405 : failure.code == "hook.noPrefetch" ? 412 : 400
        case .forbidden: 403
        case .absent: 404
        case .conflict, .tooLate: 409
        case .retry where failure.code == "access.tooMany": 429
        case .retry: failure.code.rawValue.hasPrefix("call.") ? 504 : 503
        case .broken: 500
        }
    }
}
