import Effects
package import Regions

/// How long after a period's end a node closes its figures, as its file says.
package struct ClosingDelays: NodeFileSection {
    package static let keys = ["indicators"]
    package static let unwritten = ClosingDelays()

    /// The delay of indicators that ``seconds`` does not name.
    package var standardSeconds: UInt32
    /// By an indicator's id, or by a period's kind: `day`, `month`, `quarter`, `year`.
    package var seconds: [String: UInt32]

    package init(standardSeconds: UInt32 = ClosingSchedule.standardSeconds, seconds: [String: UInt32] = [:]) {
        self.standardSeconds = standardSeconds
        self.seconds = seconds
    }

    package init(_ root: YAMLMapping, of sections: ConfigurationSections) {
        self.init()
        let (key, standard) = ("closingDelaySeconds", "\(ClosingSchedule.standardSeconds)")
        let number: (String) throws -> UInt32 = YAMLValue.number(0...31_536_000, unit: "seconds")
        let keys = [key, "closingDelays"]
        guard let section = root.mapping("indicators", required: false, what: "'indicators'", keys: keys) else {
            root.record("indicators." + key, default: standard)
            return
        }
        standardSeconds = section.optional(key, default: standard, number) ?? standardSeconds
        let named = section.table(
            "closingDelays", name: YAMLValue.known(sections.indicatorIDs, what: "indicator"), value: number)
        seconds = Dictionary(named) { first, _ in first }
    }

    package func findings(in region: RegionConfiguration, of file: NodeFile) -> [NodeFileFinding] {
        let known = region.indicators.map(\.id)
        return seconds.keys.sorted().filter { !known.contains($0) }.map { indicator in
            NodeFileFinding(
                "indicators.closingDelays.\(indicator)", "the region has no indicator '\(indicator)'",
                remedy: Spelling.remedy(
                    for: indicator, among: known,
                    else: "correct the id, or add it under 'indicators' in region.yaml"))
        }
    }
}
