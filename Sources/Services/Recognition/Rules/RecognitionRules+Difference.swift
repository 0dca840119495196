import Effects
package import Regions

extension RecognitionRules {
    package func compare(with old: Self, in difference: inout RegionDifference) {
        guard old != self else { return }
        difference.compare(
            [RegionDifference.Item("recognition rules", [("edition", old.edition), ("star", old.starScope ?? "")])],
            [RegionDifference.Item("recognition rules", [("edition", edition), ("star", starScope ?? "")])])
        difference.compare(old.items.map(Self.item), items.map(Self.item))
        difference.count("panel", old.panels, panels)
        difference.count("group of local codes", old.localCodes, localCodes)
        difference.count("unit of measure", old.units, units)
        difference.count("conversion", old.conversions, conversions)
        difference.count("specimen type", old.specimens, specimens)
        difference.count("scope", old.scopes, scopes)
        difference.count("policy row", old.policy, policy)
        difference.count("reason", old.reasons, reasons)
    }

    private static func item(_ item: CatalogueItem) -> RegionDifference.Item {
        RegionDifference.Item(
            "catalogue item \(item.code) version \(item.version)",
            [
                ("name", item.name), ("english", item.englishName), ("class", item.examinationClass.rawValue),
                ("specimen", item.specimen ?? ""), ("unit", item.unit ?? ""), ("method", item.methodGroup ?? ""),
                ("window", "\(item.windowDays) d (\(item.windowSource.rawValue))"), ("loinc", item.loinc ?? ""),
                ("price", item.price.map { "\($0.fen / 100).\($0.fen % 100 / 10)\($0.fen % 10)" } ?? ""),
                ("from", item.from.chinaText),
                ("to", item.to?.chinaText ?? ""),
            ])
    }
}
