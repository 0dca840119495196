import Effects
package import Regions
import SwiftProtobuf

/// The indicators that a region reports, under the names that it gives them.
package struct IndicatorsSection: RegionSection {
    package static let name = "indicators"
    package static let keys = ["indicators"]
    package static let unwritten = IndicatorsSection()

    /// Empty where the region reports whatever its release computes.
    package var choices: [IndicatorChoice]

    package init(choices: [IndicatorChoice] = []) {
        self.choices = choices
    }

    /// One that the release does not compute would never have a figure.
    package init(_ file: inout RegionFileReader) {
        choices = []
        for item in file.root.mappings("indicators", required: false, what: "an indicator", keys: ["id", "name"]) {
            let id = item.required("id", YAMLValue.known(file.sections.indicatorIDs, what: "indicator"))
            let name = item.required("name", YAMLValue.text)
            guard let id, let name else { continue }
            file.place("indicators.\(choices.count)", at: item)
            choices.append(IndicatorChoice(id: id, name: name))
        }
    }

    package func check(in checker: inout RegionChecker) {
        checker.checkUnique(choices.map(\.id), list: "indicators", key: "id", what: "indicator")
    }

    package func compare(with old: Self, in difference: inout RegionDifference) {
        difference.compare(old.choices.map(Self.item), choices.map(Self.item))
    }

    package var contents: SectionContents? {
        SectionContents(
            Self.name, figures: ["indicators": choices.count],
            lines: ["\(Self.name): " + choices.map(\.id).joined(separator: ", ")])
    }

    private static func item(_ choice: IndicatorChoice) -> RegionDifference.Item {
        RegionDifference.Item("indicator \(choice.id)", [("name", choice.name)])
    }
}

/// An indicator that the region reports.
package struct IndicatorChoice: Hashable, Sendable {
    package var id: String
    package var name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

extension IndicatorsSection {
    package func wireBytes() throws -> [UInt8] {
        var message = PBIndicatorsSection()
        message.indicators = choices.map { choice in
            var message = PBIndicatorChoice()
            message.id = choice.id
            message.name = choice.name
            return message
        }
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBIndicatorsSection
        do { message = try PBIndicatorsSection(serializedBytes: bytes) } catch { throw Self.unreadable }
        self.init(choices: message.indicators.map { IndicatorChoice(id: $0.id, name: $0.name) })
    }
}

extension RegionConfiguration {
    /// The indicators that the region reports.
    package var indicators: [IndicatorChoice] {
        get { section(IndicatorsSection.self).choices }
        set { set(IndicatorsSection(choices: newValue)) }
    }
}

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
        let chosen = region.indicators.map(\.id)
        // Where the region chooses none, it reports all that there are.
        guard !chosen.isEmpty else { return [] }
        // Its id was known when the file was read: nobody misspelt it, so no other one is meant.
        return seconds.keys.sorted().filter { !chosen.contains($0) }.map { indicator in
            NodeFileFinding(
                "indicators.closingDelays.\(indicator)",
                "the region does not report '\(indicator)', so its delay changes nothing",
                remedy: "take the line out, or add the indicator under 'indicators' in region.yaml")
        }
    }
}
