import Foundation
import NodeRuntime
import Wire
import WorkflowKit

/// The codes of failures that stand in the sources, found by reading them.
enum SourceCodes {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What looks like a code and is something else; each with what it is.
    static let others: [String: Set<String>] = [
        "an action or a question in the audit trail": [
            "audit.list", "audit.review", "consultation.deliver", "consultation.read", "consultation.request",
            "identity.link",
            "identity.lookup",
            "identity.match", "identity.separate", "identity.show", "recognition.fetch",
            "recognition.find", "recognition.match", "recognition.versions", "referral.deliver", "referral.read",
            "referral.write",
            "adverse.read", "adverse.report", "diagnosis.read", "diagnosis.request",
            "imaging.read", "imaging.search",
        ],
        "a file": [
            "box.key", "ledger.db", "ledger.key", "ledger.sqlite", "node.yaml", "region.accepted",
            "region.configuration", "region.key", "region.pub", "region.signed", "region.waiting", "region.yaml",
        ],
        "a setting of a node's file": [
            "console.directory", "link.listen", "link.parents", "log.format", "log.level", "region.file",
            "region.rootKey",
        ],
        "a list of the region's file": [
            "recognition.conversions", "recognition.panels", "recognition.policy", "recognition.reasons",
            "recognition.scopes", "recognition.specimens", "recognition.units",
        ],
        "a parameter of FHIR": ["patient.identifier"],
        "a thread": ["test.program"],
    ]

    private static let sources = root.appending(path: "Sources")

    private static let paths: [String] = {
        let found = FileManager.default.enumerator(atPath: sources.path)?.allObjects.compactMap { $0 as? String } ?? []
        return found.filter { $0.hasSuffix(".swift") }
    }()

    /// The files that declare lists of definitions, by their paths below Sources.
    static let listFiles: [String] = paths.filter { $0.hasSuffix("Failures.swift") }

    /// The text of every other Swift file in Sources, by its path below Sources.
    static let files: [String: String] = paths.filter { !$0.hasSuffix("Failures.swift") }.reduce(into: [:]) {
        $0[$1] = try? String(contentsOf: sources.appending(path: $1), encoding: .utf8)
    }

    /// Every code that a string of the sources spells out or the catalogue of calls gives a word to.
    ///
    /// A string counts if its area is one of the catalogue's, or if a failure is made with it.
    static func used(areas: Set<String>) -> Set<String> {
        let ignored = Set(others.values.joined())
        var codes = Set(callCodes + caseCodes)
        for text in files.values {
            // Between two quotation marks stands a string, or what stands between two strings.
            let pieces = text.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
            for (before, piece) in zip(pieces, pieces.dropFirst()) {
                guard let found = code(piece) else { continue }
                let isKnown = areas.contains(String(found.prefix { $0 != "." })) && !ignored.contains(found)
                if isKnown || makesAFailure(before) { codes.insert(found) }
            }
        }
        return codes
    }

    /// A string of the form `area.word`.
    private static func code(_ piece: Substring.UTF8View) -> String? {
        guard (3...64).contains(piece.count), (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(piece.first ?? 0),
            piece.count(where: { $0 == UInt8(ascii: ".") }) == 1, piece.last != UInt8(ascii: ".")
        else { return nil }
        let isWord = piece.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
            default: false
            }
        }
        return isWord ? String(decoding: piece, as: UTF8.self) : nil
    }

    /// Whether what stands before a string begins a failure: `Failure(`.
    private static func makesAFailure(_ before: Substring.UTF8View) -> Bool {
        let end = before.reversed().drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        return end.prefix(8).elementsEqual("Failure(".utf8.reversed())
    }

    /// The failures that stand for the numbers of ``Wire/CallErrorCode``; the first number without a word ends them.
    private static var callCodes: [String] {
        (UInt16(1)...).lazy.map { CallErrorCode(rawValue: $0) }.prefix { $0.name != "error\($0.rawValue)" }
            .map { "call.\($0.name)" }
    }

    /// The codes of what can be wrong with cases, one of each workflow for every fault of which the sources make a failure.
    private static var caseCodes: [String] {
        let made = Set(
            files.values.flatMap { text in
                text.components(separatedBy: "failure(").dropFirst().map { rest in
                    let fault = rest.drop(while: \.isWhitespace).prefix(while: { $0 != "," && $0 != ")" })
                    return String(fault.drop { $0 == "." })
                }
            })
        let workflows = ServiceList.all.compactMap { $0 as? any WorkflowOffer.Type }.flatMap { $0.workflows }
        return workflows.flatMap { codes(of: CaseFault.allCases.filter { made.contains($0.rawValue) }, in: $0) }
    }

    private static func codes<W: Workflow>(of faults: [CaseFault], in workflow: W.Type) -> [String] {
        faults.map { W.table.code(of: $0).rawValue }
    }
}
