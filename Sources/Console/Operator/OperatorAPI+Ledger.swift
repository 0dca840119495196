import Hummingbird
import Ledgers
import NodeRuntime
import Regions
import ServiceKit

extension OperatorAPI {
    func addLedger(to routes: Routes) {
        routes.get("ledger") { _, _ in
            try ConsoleAnswer.json(LedgerFigures(try await setup.node.context.ledger.statistics()))
        }
        routes.post("ledger/verify") { _, _ in
            try ConsoleAnswer.json(LedgerCheckInfo(try await setup.node.context.ledger.verify()))
        }
        routes.post("ledger/unblock") { request, _ in
            let author = try NodeID(try request.required("author"))
            try await setup.node.context.ledger.resolveFork(of: author)
            return try ConsoleAnswer.json(LedgerFigures(try await setup.node.context.ledger.statistics()))
        }
        routes.post("ledger/refold") { _, _ in
            let done = try await setup.node.context.ledger.refold()
            return try ConsoleAnswer.json(
                RefoldInfo(
                    batches: done.batches, excerpts: done.excerpts, skipped: done.skipped,
                    skippedCount: done.skippedCount))
        }
    }
}
