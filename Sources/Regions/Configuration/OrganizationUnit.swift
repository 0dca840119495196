/// An organization unit (机构): a hospital, a health centre, a bureau, a medical group.
package struct OrganizationUnit: Hashable, Sendable {
    /// What a unit is; open, so that a node of an older release reads a newer configuration.
    package struct Kind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
        package var description: String { rawValue }

        /// 卫生健康行政部门.
        package static let authority = Kind(rawValue: "authority")
        /// 调度中心.
        package static let dispatchCentre = Kind(rawValue: "dispatch-centre")
        /// 医疗集团.
        package static let medicalGroup = Kind(rawValue: "medical-group")
        /// 医院.
        package static let hospital = Kind(rawValue: "hospital")
        /// 诊断中心（影像、心电、检验、病理）.
        package static let diagnosticCentre = Kind(rawValue: "diagnostic-centre")
        /// 乡镇卫生院.
        package static let townshipCentre = Kind(rawValue: "township-centre")
        /// 社区卫生服务中心.
        package static let communityCentre = Kind(rawValue: "community-centre")
        /// 村卫生室.
        package static let villageClinic = Kind(rawValue: "village-clinic")
        /// 养老机构.
        package static let careHome = Kind(rawValue: "care-home")
        /// 疾控、妇幼等公共卫生机构.
        package static let publicHealth = Kind(rawValue: "public-health")

        /// The kinds that `region.yaml` accepts.
        package static let known: [Kind] = [
            authority, dispatchCentre, medicalGroup, hospital, diagnosticCentre, townshipCentre, communityCentre,
            villageClinic, careHome, publicHealth,
        ]
    }

    package var id: OrgUnitID
    package var name: String
    package var division: DivisionCode
    package var institution: InstitutionCode?
    package var tier: Tier
    package var kind: Kind
    /// The node that the unit's systems talk to: its results start there.
    package var node: NodeID
    /// The institution's grade; decides with the policy table what it recognises.
    package var grade: InstitutionGrade
    /// Run privately (民营); the monthly tables count those apart.
    package var isPrivate: Bool

    package init(
        id: OrgUnitID, name: String, division: DivisionCode, institution: InstitutionCode? = nil, tier: Tier,
        kind: Kind, node: NodeID, grade: InstitutionGrade = .unrated, isPrivate: Bool = false
    ) {
        self.id = id
        self.name = name
        self.division = division
        self.institution = institution
        self.tier = tier
        self.kind = kind
        self.node = node
        self.grade = grade
        self.isPrivate = isPrivate
    }
}

/// The grade of an institution (医疗机构等级).
package enum InstitutionGrade: String, CaseIterable, Sendable {
    case tertiaryA = "3A"
    case tertiaryB = "3B"
    case tertiary = "3"
    case secondaryA = "2A"
    case secondaryB = "2B"
    case secondary = "2"
    case primary = "1"
    case unrated = "0"

    /// 3, 2, 1; 0 for unrated ones.
    package var level: Int {
        switch self {
        case .tertiaryA, .tertiaryB, .tertiary: 3
        case .secondaryA, .secondaryB, .secondary: 2
        case .primary: 1
        case .unrated: 0
        }
    }

    package var chineseName: String {
        switch self {
        case .tertiaryA: "三级甲等"
        case .tertiaryB: "三级乙等"
        case .tertiary: "三级"
        case .secondaryA: "二级甲等"
        case .secondaryB: "二级乙等"
        case .secondary: "二级"
        case .primary: "一级"
        case .unrated: "未定级"
        }
    }
}
