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
