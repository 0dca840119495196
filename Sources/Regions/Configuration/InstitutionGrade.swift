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
