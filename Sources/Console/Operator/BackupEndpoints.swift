import Effects
import NodeRuntime
package import ServiceKit

/// What an operator asks of the node's backups.
package enum BackupEndpoints {
    /// Who asks for one.
    package struct Order: Codable, Sendable, Equatable {
        /// The account; the node's user where nobody is named.
        package var actor: String?

        package init(actor: String? = nil) { self.actor = actor }
    }

    /// One backup by its name.
    package struct Choice: Codable, Sendable, Equatable {
        package var name: String

        package init(name: String) { self.name = name }
    }

    package static let list = Endpoint<NoQuestion, BackupListing>(
        .get, "backups", summary: "The backups of the node, the newest first.", question: .none, answer: .json)

    package static let create = Endpoint<Order, BackupInfo>(
        .post, "backups", summary: "Makes a backup while the node works, and verifies it.", question: .json,
        answer: .json, failures: [.conflict])

    package static let verify = Endpoint<Choice, BackupInfo>(
        .post, "backups/verify", summary: "Reads a backup again: signature, digests, and the database's own check.",
        question: .json, answer: .json, failures: [.absent])

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        let store = setup.backups
        return [
            list.serve { _ in
                BackupListing(folder: store.folder, kept: Limits.backupsKept, backups: try store.list(setup))
            },
            create.serve { try await store.make(by: $0.actor ?? OperatorAct.nodeUser, setup) },
            verify.serve { try await store.verify($0.name, setup) },
        ]
    }
}
