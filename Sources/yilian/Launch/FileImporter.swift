import Console
import Edge
import EdgeKit
import Effects
import NodeRuntime
import Regions
import ServiceKit

/// Takes files in for the operator's interface, the same way as messages from a hospital system.
struct FileImporter: Sendable {
    let node: YilianNode
    let intake: MessageIntake

    func take(_ bytes: [UInt8], format: String?, institution: String?, checkOnly: Bool) async throws -> ImportInfo {
        let principal = try intake.principal(named: "import", institution: try reference(institution))
        let format: MessageFormat? = try format.map { try KnownWord.value($0, what: "format of messages") }
        var results: [IntakeResult] = []
        for message in MessageIntake.messages(in: bytes, format: format ?? .detected) {
            results.append(
                checkOnly
                    ? await intake.look(message, format: format ?? .detected, principal: principal)
                    : await intake.take(message, format: format ?? .detected, principal: principal))
        }
        return ImportInfo(results, checkOnly: checkOnly)
    }

    /// - Throws: `console.badRequest` where the institution is not named and the node has several, or is none of its own.
    private func reference(_ text: String?) throws -> InstitutionReference {
        let units = node.setup.region.current.organizationUnits(at: node.context.node)
        guard let text else {
            guard let only = units.first, units.count == 1 else {
                throw Failure(
                    "console.badRequest", "the node has \(units.count) institutions, and none is named",
                    remedy: "give --institution, one of: " + units.map(\.id.rawValue).joined(separator: ", "))
            }
            return .unit(only.id)
        }
        if let code = try? InstitutionCode(text) { return .code(code) }
        try KnownWord.check(text, what: "institution of this node", among: units.map(\.id.rawValue))
        return .unit(try OrgUnitID(text))
    }
}

extension ImportInfo {
    init(_ results: [IntakeResult], checkOnly: Bool) {
        let outcomes = results.map(\.outcome)
        let outcome: IntakeResult.Outcome =
            outcomes.contains(.notStored)
            ? .notStored
            : outcomes.contains(.refused) || outcomes.isEmpty
                ? .refused
                : outcomes.allSatisfy { $0 == .duplicate } ? .duplicate : .accepted
        var problems = results.flatMap(\.problems).map(\.shown)
        if results.isEmpty { problems.append("there is no message in the file [intake.noMessage]") }
        self.init(
            outcome: outcome.rawValue,
            reports: results.flatMap { result -> [Report] in
                if !result.records.isEmpty {
                    return result.records.map {
                        Report(
                            outcome: $0.word, entry: $0.entry.description, reportKey: $0.key, version: $0.version)
                    }
                }
                let word = checkOnly && result.outcome == .accepted ? "readable" : result.outcome.rawValue
                return Array(repeating: Report(outcome: word), count: result.recordCount)
            }, problems: problems, warnings: results.flatMap(\.warnings).map(\.shown))
    }
}

extension MessageProblem {
    /// Place, text and code, as an operator reads them.
    fileprivate var shown: String { (place.isEmpty ? "" : place + ": ") + "\(text) [\(code)]" }
}

extension MessageInfo {
    init(_ refusal: RefusalBoard.Refusal) {
        self.init(
            message: refusal.message, institution: refusal.institution, outcome: refusal.outcome.rawValue,
            receivedAt: refusal.time.description, problems: refusal.problems.map(\.shown),
            correlation: refusal.correlation)
    }
}
