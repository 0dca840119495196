import Foundation
import Wire

/// The codes of failures that stand in the sources, found by reading them.
enum SourceCodes {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What looks like a code and is something else; each with what it is.
    static let others: [String: Set<String>] = [
        "an action or a question in the audit trail": [
            "audit.list", "consultation.read", "consultation.request", "identity.link", "identity.lookup",
            "identity.match", "identity.separate", "identity.show", "recognition.document", "recognition.fetch",
            "recognition.find", "recognition.match", "recognition.versions",
        ],
        "a file": [
            "box.key", "ledger.db", "ledger.key", "ledger.sqlite", "node.yaml", "region.accepted",
            "region.configuration", "region.key", "region.pub", "region.signed", "region.waiting", "region.yaml",
        ],
        "a setting of a node's file": [
            "link.listen", "link.parents", "log.format", "log.level", "region.file",
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
    static func used(areas: Set<Substring>) -> Set<String> {
        let ignored = Set(others.values.joined())
        var codes = Set(callCodes)
        for text in files.values {
            for match in text.matches(of: /"([a-z][A-Za-z0-9]*)\.([a-z][A-Za-z0-9]*)"/) {
                let code = "\(match.output.1).\(match.output.2)"
                if areas.contains(match.output.1), !ignored.contains(code) { codes.insert(code) }
            }
            // Its last part closes what the first one opens: the scanner of the tidy tests knows no such patterns.
            for match in text.matches(of: /Failure\(\s*"([A-Za-z0-9]+\.[A-Za-z0-9]+)"[^)]?/) {
                codes.insert(String(match.output.1))
            }
        }
        return codes
    }

    /// The failures that stand for the numbers of ``Wire/CallErrorCode``; the first number without a word ends them.
    private static var callCodes: [String] {
        (UInt16(1)...).lazy.map { CallErrorCode(rawValue: $0) }.prefix { $0.name != "error\($0.rawValue)" }
            .map { "call.\($0.name)" }
    }
}
