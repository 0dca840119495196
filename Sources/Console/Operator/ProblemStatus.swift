import Effects
import HTTPTypes

/// Which HTTP status fits a failure.
enum ProblemStatus {
    private static let named: [String: HTTPResponse.Status] = [
        "console.unauthorised": .unauthorized, "console.tooLarge": .contentTooLarge,
        "console.noSuchRoute": .notFound, "console.notHere": .notFound,
        "access.incomplete": .badRequest, "access.malformed": .badRequest, "storage.full": .serviceUnavailable,
        "ledger.overloaded": .serviceUnavailable, "ledger.notHeld": .notFound, "node.noService": .notFound,
        "region.rollback": .conflict, "region.sameVersion": .conflict, "courier.notEntitled": .forbidden,
        "patientKey.notAuthorised": .forbidden, "patientKey.noEpoch": .notFound, "patientKey.noSecret": .notFound,
        "ledger.keyEnded": .serviceUnavailable, "region.epochLost": .conflict, "region.epochChanged": .conflict,
        "attachment.notHere": .notFound, "recognition.noDocument": .notFound,
        "storage.broken": .serviceUnavailable, "storage.unavailable": .serviceUnavailable,
    ]

    static func of(_ failure: Failure) -> HTTPResponse.Status {
        let code = failure.code.rawValue
        if let status = named[code] { return status }
        let parts = code.split(separator: ".", maxSplits: 1)
        let area = parts.first.map(String.init) ?? ""
        let what = parts.last.map { String($0).lowercased() } ?? ""
        switch area {
        case "access": return .forbidden
        case "call", "link": return .badGateway
        case "storage", "disk": return .internalServerError
        default: break
        }
        if what.contains("notfound") || what.contains("unknown") || what.hasPrefix("nosuch") { return .notFound }
        if what.contains("already") || what.contains("wrongstate") || what.contains("conflict") { return .conflict }
        return .badRequest
    }
}
