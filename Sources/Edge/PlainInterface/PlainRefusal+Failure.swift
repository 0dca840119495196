import EdgeKit
import Effects
import ServiceKit

extension PlainRefusal {
    /// What an error means to whoever asked, by its class.
    init(_ error: any Error) {
        switch error {
        case let refusal as PlainRefusal: self = refusal
        case let refusal as FHIRRefusal:
            self.init(
                refusal.status, Failure(Self.code(ofStatus: refusal.status), refusal.issue.diagnostics),
                headers: refusal.headers)
        case let failure as Failure:
            self.init(Self.status(of: failure), failure)
            if status == 503 || status == 504 { headers["Retry-After"] = "5" }
            if status == 429 { headers["Retry-After"] = "60" }
        case is CancellationError: self.init(503, Failure("node.stopping", "the node is stopping"))
        default: self.init(500, Failure("node.failed", "something went wrong in the node"))
        }
    }

    /// What nobody outside can mend is told by its correlation id only.
    func response(_ correlation: String) -> EdgeResponse {
        let problem =
            status == 500
            ? ProblemInfo(hiding: failure.code, correlation: correlation)
            : ProblemInfo(failure, in: .edge, correlation: correlation)
        return EdgeResponse(status, (try? OperatorJSON.bytes(problem)) ?? [], headers: headers)
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
        case .invalid: failure.code == "hook.method" ? 405 : 400
        case .forbidden: 403
        case .absent: 404
        case .conflict, .tooLate: 409
        case .retry where failure.code == "access.tooMany": 429
        case .retry: failure.code.rawValue.hasPrefix("call.") ? 504 : 503
        case .broken: 500
        }
    }
}
