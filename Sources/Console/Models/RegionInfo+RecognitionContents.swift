package import Recognition
import Regions

extension RegionInfo {
    /// What a region's recognition rules hold, in numbers.
    package struct RecognitionContents: Codable, Sendable, Equatable {
        package var edition: String
        /// Different codes, whatever their versions.
        package var items: Int
        /// Items by class, in the order of the tables.
        package var classes: [Class]
        /// Items whose window comes from a published list.
        package var publishedWindows: Int
        package var panels: Int
        package var localCodes: Int
        package var scopes: [String]
        package var policyRows: Int
        package var reasons: Int

        package struct Class: Codable, Sendable, Equatable {
            package var id: String
            package var items: Int
        }

        /// None where nothing is agreed.
        package init?(_ rules: RecognitionRules) {
            guard rules != .none else { return nil }
            edition = rules.edition
            // Of an item with several versions, the latest speaks.
            let items = Dictionary(rules.items.map { ($0.code, $0) }) { $0.version < $1.version ? $1 : $0 }
            self.items = items.count
            let counts = Dictionary(grouping: items.values, by: \.examinationClass).mapValues(\.count)
            let others = counts.keys.filter { !ExaminationClass.known.contains($0) }.sorted()
            classes = (ExaminationClass.known + others).compactMap { known in
                counts[known].map { Class(id: known.rawValue, items: $0) }
            }
            publishedWindows = items.values.filter { $0.windowSource == .published }.count
            panels = rules.panels.count
            localCodes = rules.localCodes.count
            scopes = rules.scopes.map(\.label)
            policyRows = rules.policy.count
            reasons = rules.reasons.count
        }

        /// Two lines for a terminal.
        package var text: String {
            let kinds = classes.map { "\($0.id) \($0.items)" }.joined(separator: ", ")
            return "recognition, edition \(edition): items \(items) (\(kinds)), published windows \(publishedWindows)\n"
                + "  panels \(panels), local codes \(localCodes), scopes \(scopes.count), policy rows \(policyRows), "
                + "reasons \(reasons)"
        }
    }
}
