package import Effects

/// What somebody may do at a console.
///
/// The three administrators are those of 等保三级 (GB/T 22239-2019, 8.1.5): who makes accounts, who grants roles and who
/// watches both are three people, so none of the three goes with any other role.
package enum ConsoleRole: String, CaseIterable, Codable, Hashable, Sendable {
    /// Keeps the node running; sees nothing of patients.
    case `operator`
    /// Acts as a practitioner with a purpose and a consent.
    case doctor
    /// Answers what others ask for.
    case expert
    case qualityControl
    /// Hands indicators in.
    case reporter
    /// Looks at who looked at whom.
    case auditor
    case systemAdministrator
    case securityAdministrator
    case auditAdministrator

    package var word: Wording {
        switch self {
        case .operator: Wording("Operator", "运维员")
        case .doctor: Wording("Doctor", "医师")
        case .expert: Wording("Expert", "专家")
        case .qualityControl: Wording("Quality control", "质控员")
        case .reporter: Wording("Reporter", "填报员")
        case .auditor: Wording("Auditor", "审计员")
        case .systemAdministrator: Wording("System administrator", "系统管理员")
        case .securityAdministrator: Wording("Security administrator", "安全管理员")
        case .auditAdministrator: Wording("Audit administrator", "审计管理员")
        }
    }

    /// One of the three that exclude each other and every other role.
    package var isAdministrator: Bool {
        switch self {
        case .systemAdministrator, .securityAdministrator, .auditAdministrator: true
        default: false
        }
    }

    /// Whether it needs a practitioner of a unit's register behind it.
    package var isPractitioner: Bool { self == .doctor || self == .expert }

    /// Whether one person may hold these together.
    package static func mayStandTogether(_ roles: Set<ConsoleRole>) -> Bool {
        roles.count <= 1 || !roles.contains(where: \.isAdministrator)
    }
}
