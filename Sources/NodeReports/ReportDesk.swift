package import Calls
package import Distributed
import Effects
import Regions

/// What children tell their parent: how they are, and how those below them are.
@Resolvable
package protocol ReportCalls: DistributedActor where ActorSystem == YilianActorSystem {
    /// Takes the latest reports of the caller and of nodes below it; nothing of it becomes an entry.
    distributed func take(_ bundle: ReportBundle) async throws
}

extension DeskInterface<any ReportCalls> {
    package static let report = DeskInterface(ReportDesk.deskName) { try $ReportCalls.resolve(id: $0, using: $1) }
}

package distributed actor ReportDesk: ReportCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "report"

    private let board: ReportBoard

    package init(board: ReportBoard, actorSystem: YilianActorSystem) {
        self.board = board
        self.actorSystem = actorSystem
    }

    package distributed func take(_ bundle: ReportBundle) async throws {
        guard let caller = CallContext.current?.caller else {
            throw Failure("nodeReport.notBelow", "the call came without a caller")
        }
        try board.take(bundle, from: caller)
    }
}

/// The numbered method of reports.
package enum ReportMethods {
    package static var all: [Method] {
        [
            Method(20, .report, "take", lane: .control, callers: [.child], samples: ReportBundle([])) {
                try await $0.take($1)
            }
        ]
    }
}
