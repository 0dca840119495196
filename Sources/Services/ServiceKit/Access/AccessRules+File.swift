import Effects
package import Regions

extension AccessRules {
    private static let sectionKeys = ["purposes", "rates", "practitioners"]
    private static let rateKeys = ["practitioner", "system", "node", "miss"]

    package init(_ file: inout RegionFileReader) {
        self = .standard
        guard
            let section = file.root.mapping("access", required: false, what: "'access'", keys: Self.sectionKeys)
        else { return }
        readRates(section)
        let knownPurpose = YAMLValue.known(file.sections.purposes, what: "purpose")
        readRegisters(section, &file, knownPurpose)
        for item in section.mappings("purposes", required: false, what: "a purpose", keys: ["purpose", "grounds"]) {
            let purpose = item.required("purpose", knownPurpose)
            let written = item.list("grounds", required: false, YAMLValue.choice(AccessRules.Ground.allCases))
            if !item.has("grounds") {
                item.report(
                    "config.missingKey", "'grounds' is missing",
                    remedy: "write on what it may rest, such as [order, consent]; [] lets nobody ask for it")
            }
            guard let purpose else { continue }
            if purpose == "emergency" {
                item.report(
                    "config.badValue", "an emergency always rests on its reason", key: "purpose",
                    remedy: "take the line out")
            }
            if grounds.updateValue(written, forKey: purpose) != nil {
                item.report(
                    "config.duplicateName", "'\(purpose)' stands twice in 'purposes'", key: "purpose",
                    remedy: "write it once, with all its grounds")
            }
        }
    }

    private mutating func readRegisters(
        _ section: YAMLMapping, _ file: inout RegionFileReader, _ knownPurpose: (String) throws -> String
    ) {
        let (what, keys) = ("a line of the register", ["unit", "ids", "purposes"])
        for item in section.mappings("practitioners", required: false, what: what, keys: keys) {
            let unit = item.required("unit") { try OrgUnitID($0) }
            let ids = item.list("ids", required: true, YAMLValue.text)
            let purposes = item.list("purposes", required: false, knownPurpose)
            if item.has("purposes"), purposes.isEmpty {
                item.report(
                    "config.missingValue", "'purposes' is empty", key: "purposes",
                    remedy: "write at least one, or take the key out: then those of whoever treats hold")
            }
            guard let unit else { continue }
            file.place("access.practitioners.\(registers.count)", at: item)
            registers.append(PractitionerRegister(unit: unit, practitioners: Set(ids), purposes: purposes))
        }
    }

    private mutating func readRates(_ section: YAMLMapping) {
        guard let item = section.mapping("rates", required: false, what: "'rates'", keys: Self.rateKeys) else { return }
        let number: (String) throws -> UInt32 = YAMLValue.number(AccessRates.range, unit: "persons in ten minutes")
        rates = AccessRates(
            practitioner: item.optional("practitioner", number) ?? rates.practitioner,
            system: item.optional("system", number) ?? rates.system, node: item.optional("node", number) ?? rates.node,
            miss: item.optional("miss", number) ?? rates.miss)
    }
}
