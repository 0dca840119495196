import Effects
package import Regions

extension ConsultationSection {
    package init(_ file: inout RegionFileReader) {
        self.init(rosters: Self.rosters(&file), serviceLevels: Self.serviceLevels(&file))
    }

    private static func rosters(_ file: inout RegionFileReader) -> [ExpertRoster] {
        var rosters: [ExpertRoster] = []
        for item in file.root.mappings("rosters", required: false, what: "a roster", keys: ["home", "experts"]) {
            let home = item.required("home") { try NodeID($0) }
            let experts = experts(item, roster: rosters.count, &file)
            guard let home else {
                file.excuse(nil)
                continue
            }
            file.place("rosters.\(rosters.count)", at: item)
            rosters.append(ExpertRoster(home: home, experts: experts))
        }
        return rosters
    }

    private static func experts(
        _ roster: YAMLMapping, roster position: Int, _ file: inout RegionFileReader
    ) -> [Expert] {
        var experts: [Expert] = []
        let keys = ["id", "name", "node", "specialties", "unit"]
        for item in roster.mappings("experts", required: true, what: "an expert", keys: keys) {
            let id = item.required("id") { try NameForm.check($0, "an expert's id") }
            let name = item.required("name", YAMLValue.text)
            let node = item.required("node") { try NodeID($0) }
            let specialties = item.list("specialties", required: true, YAMLValue.word)
            let unit = item.optional("unit") { try OrgUnitID($0) }
            guard let id, let name, let node else {
                file.excuse(id)
                continue
            }
            file.place("rosters.\(position).experts.\(experts.count)", at: item)
            experts.append(Expert(id: id, name: name, node: node, specialties: specialties, unit: unit))
        }
        return experts
    }

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
