package import Regions

/// Holds the practitioners that a node's file names for hospital systems against the region's register.
package struct HospitalPractitioners: NodeFileSection {
    package static let keys: [String] = []
    package static let unwritten = HospitalPractitioners()

    private init() {}

    package init(_ root: YAMLMapping, of sections: ConfigurationSections) {}

    package func findings(in region: RegionConfiguration, of file: NodeFile) -> [NodeFileFinding] {
        (file.https?.systems ?? []).enumerated().compactMap { index, system in
            guard let practitioner = system.practitioner, let unit = system.institution.unit(in: region),
                let names = region.access.registered(in: unit.id), !names.contains(practitioner)
            else { return nil }
            return NodeFileFinding(
                "https.systems.\(index).practitioner",
                "the region's register of '\(unit.id)' has no practitioner '\(practitioner)'",
                remedy: Spelling.remedy(
                    for: practitioner, among: names.sorted(),
                    else: "enter them under access.practitioners in region.yaml, or take the key out"))
        }
    }
}
