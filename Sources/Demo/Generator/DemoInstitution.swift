/// A county of the demo region.
package enum DemoCounty: Int, Sendable, CaseIterable, Hashable {
    case pingding, yuxian

    package var name: String { self == .pingding ? "平定县" : "盂县" }

    /// GB/T 2260 code of the county.
    package var divisionCode: String { self == .pingding ? "140321" : "140322" }

    /// Residents at the end of 2022 (domain findings, §6.1).
    package var residents: Int { self == .pingding ? 303_592 : 279_151 }

    /// How many townships of this county the demo region runs.
    package var townshipCount: Int {
        DemoInstitution.all.count { $0.county == self && $0.townshipPosition != nil }
    }
}

/// An institution of the demo region that sends results, and how its systems speak.
package struct DemoInstitution: Sendable, Hashable {
    /// The id of the node that takes its messages.
    package var node: String
    package var name: String
    package var county: DemoCounty
    /// The township that it serves, as it stands in addresses; `nil` for the county's hospital.
    package var township: String?
    /// The position among the county's townships; `nil` for the county's hospital.
    package var townshipPosition: Int?
    /// Two letters that begin its order numbers and message identifiers.
    package var prefix: String
    /// The HL7 version that its systems send.
    package var hl7Version: String

    package static let pingding = DemoInstitution(
        node: "pingding", name: "平定县人民医院", county: .pingding, prefix: "PD", hl7Version: "2.5.1")
    package static let jucheng = DemoInstitution(
        node: "jucheng", name: "巨城镇卫生院", county: .pingding, township: "巨城镇", townshipPosition: 0, prefix: "JC",
        hl7Version: "2.4")
    package static let zhangzhuang = DemoInstitution(
        node: "zhangzhuang", name: "张庄镇卫生院", county: .pingding, township: "张庄镇", townshipPosition: 1, prefix: "ZZ",
        hl7Version: "2.5.1")
    package static let yuxian = DemoInstitution(
        node: "yuxian", name: "盂县人民医院", county: .yuxian, prefix: "YX", hl7Version: "2.5.1")
    package static let xiyan = DemoInstitution(
        node: "xiyan", name: "西烟镇卫生院", county: .yuxian, township: "西烟镇", townshipPosition: 0, prefix: "XY",
        hl7Version: "2.3")
    package static let shangshe = DemoInstitution(
        node: "shangshe", name: "上社镇卫生院", county: .yuxian, township: "上社镇", townshipPosition: 1, prefix: "SS",
        hl7Version: "2.3.1")

    /// All six, in the order in which a summary shows them.
    package static let all = [pingding, jucheng, zhangzhuang, yuxian, xiyan, shangshe]

    package var isHospital: Bool { townshipPosition == nil }
}
