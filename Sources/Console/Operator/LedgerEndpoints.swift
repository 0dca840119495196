import Ledgers
import NodeRuntime
import Regions
package import ServiceKit

/// What an operator asks of the node's ledger.
package enum LedgerEndpoints {
    /// Whose chains go on after their author was found in order.
    package struct AuthorOrder: Codable, Sendable, Equatable {
        package var author: String

        package init(author: String) { self.author = author }
    }

    package static let figures = Endpoint<NoQuestion, LedgerFigures>(
        .get, "ledger", summary: "How much lies in the ledger.", question: .none, answer: .json)

    package static let verify = Endpoint<NoQuestion, LedgerCheckInfo>(
        .post, "ledger/verify", summary: "Checks every batch again, from its seal to its entries.", question: .none,
        answer: .json)

    package static let unblock = Endpoint<AuthorOrder, LedgerFigures>(
        .post, "ledger/unblock", summary: "Lets the chains of an author go on that were stopped.", question: .query,
        answer: .json, failures: [.absent])

    package static let refold = Endpoint<NoQuestion, RefoldInfo>(
        .post, "ledger/refold", summary: "Makes every table anew from the entries.", question: .none, answer: .json)

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        let ledger = setup.node.context.ledger
        return [
            figures.serve { _ in LedgerFigures(try await ledger.statistics()) },
            verify.serve { _ in LedgerCheckInfo(try await ledger.verify()) },
            unblock.serve { order in
                try await ledger.resolveFork(of: try NodeID(order.author))
                return LedgerFigures(try await ledger.statistics())
            },
            refold.serve { _ in
                let done = try await ledger.refold()
                return RefoldInfo(
                    batches: done.batches, excerpts: done.excerpts, skipped: done.skipped,
                    skippedCount: done.skippedCount)
            },
        ]
    }
}
