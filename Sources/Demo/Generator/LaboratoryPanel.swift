/// A group of laboratory items that is ordered and reported together (检验项目组合).
package struct LaboratoryPanel: Sendable {
    package var code: String
    package var name: String
    /// The specimen, as it stands in OBR-15 and FHIR.
    package var specimen: String
    package var items: [LaboratoryItem]
    /// How often the panel is ordered at a county hospital, against the other panels.
    package var weight: Int
    /// How often at a township; 0 where no township does it.
    package var townshipWeight: Int
    /// The only sex for which it is ordered.
    package var onlySex: Sex?

    init(
        _ code: String, _ name: String, _ specimen: String, weight: Int, township: Int, onlySex: Sex? = nil,
        _ items: [LaboratoryItem]
    ) {
        self.code = code
        self.name = name
        self.specimen = specimen
        self.items = items
        self.weight = weight
        townshipWeight = township
        self.onlySex = onlySex
    }
}

/// The laboratory panels of the demo region's institutions.
///
/// Codes are the local abbreviations that Chinese laboratory systems use, units and reference ranges those that
/// their reports commonly print (for adults: WS/T 404, WS/T 405 and common reagent inserts); they serve a demo, not a
/// patient.
package enum LaboratoryCatalogue {
    package static let panels: [LaboratoryPanel] = blood + chemistry + hormonesAndMarkers + qualitative

    package static let weights = panels.map(\.weight)
    package static let townshipWeights = panels.map(\.townshipWeight)
}
