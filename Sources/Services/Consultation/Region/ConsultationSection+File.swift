import Effects
package import Regions

extension ConsultationSection {
    package init(_ file: inout RegionFileReader) { self.init(serviceLevels: Self.serviceLevels(&file)) }

    private static func serviceLevels(_ file: inout RegionFileReader) -> [ServiceLevel] {
        var levels: [ServiceLevel] = []
        let keys = ["kind", "name", "specialty", "claimSeconds", "reportSeconds", "graceSeconds"]
        let seconds: (String) throws -> UInt32 = YAMLValue.number(1...31_536_000, unit: "seconds")
        for item in file.root.mappings("serviceLevels", required: false, what: "a service level", keys: keys) {
            let kind = item.required("kind", YAMLValue.word)
            let name = item.required("name", YAMLValue.text)
            let specialty = item.required("specialty", YAMLValue.word)
            let claim = item.required("claimSeconds", seconds)
            let report = item.required("reportSeconds", seconds)
            let grace = item.required("graceSeconds", seconds)
            guard let kind, let name, let specialty, let claim, let report, let grace else { continue }
            file.place("serviceLevels.\(levels.count)", at: item)
            levels.append(
                ServiceLevel(
                    kind: kind, name: name, specialty: specialty, claimSeconds: claim, reportSeconds: report,
                    graceSeconds: grace))
        }
        return levels
    }
}
