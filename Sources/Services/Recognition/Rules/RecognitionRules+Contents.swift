package import Regions

extension RecognitionRules {
    /// The catalogue in numbers, classes in the order of the tables; of an item with several versions the latest speaks.
    package var contents: SectionContents? {
        let items = Dictionary(items.map { ($0.code, $0) }) { $0.version < $1.version ? $1 : $0 }.values
        let counts = Dictionary(grouping: items, by: \.examinationClass).mapValues(\.count)
        let others = counts.keys.filter { !ExaminationClass.known.contains($0) }.sorted()
        let classes = (ExaminationClass.known + others).compactMap { known in
            counts[known].map { "\(known.rawValue) \($0)" }
        }
        let published = items.count { $0.windowSource == .published }
        return SectionContents(
            Self.name,
            figures: [
                "items": items.count, "publishedWindows": published, "panels": panels.count,
                "localCodes": localCodes.count, "scopes": scopes.count, "policyRows": policy.count,
                "reasons": reasons.count,
            ],
            lines: [
                "\(Self.name), edition \(edition): items \(items.count) (\(classes.joined(separator: ", "))), "
                    + "published windows \(published)",
                "  panels \(panels.count), local codes \(localCodes.count), scopes \(scopes.count), "
                    + "policy rows \(policy.count), reasons \(reasons.count)",
            ])
    }
}
