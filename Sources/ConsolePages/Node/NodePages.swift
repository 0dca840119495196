import ConsoleKit
import Effects
import Regions

/// The pages of a node itself, through the same endpoints as its verbs.
enum NodePages {
    static func routes(_ translating: @escaping ConsoleSite.Translating, _ needs: [StartNeed]) -> [PageRoute] {
        [StartPage.route(translating, needs)] + RegionPages.routes(translating) + LinkPages.routes + LinkPage.routes
            + QueuePages.routes + MessageQueuePages.routes + QueueMessagePages.routes + MessagePages.routes
            + AuditPages.routes + AuditReviewPages.routes + [OwnAccessPage.route] + ActPages.routes
            + [ConfigurationPage.route, CertificatePage.route] + BackupPages.routes + SystemPage.routes
    }
}

/// Who may see what: sets of roles that pages share.
enum Roles {
    static let everybody = Set(ConsoleRole.allCases)
    static let operators: Set<ConsoleRole> = [.operator]
    /// Who looks at a node without running it, too.
    static let keepers: Set<ConsoleRole> = [.operator, .systemAdministrator]
    static let certificates: Set<ConsoleRole> = [.operator, .systemAdministrator, .securityAdministrator]
    static let auditors: Set<ConsoleRole> = [.auditor]
}

extension PageVisit {
    /// A moment of the interface; nil where there is none.
    static func time(_ text: String?) -> WallTime? { text.flatMap { try? WallTime(text: $0) } }
}
