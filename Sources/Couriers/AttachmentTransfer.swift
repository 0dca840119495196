import Calls
import Effects
import Ledgers
import Logging
import Regions
import Trust

/// Brings here what entries announce and one neighbour holds, chunk by chunk, and asks it what of this node's it holds.
///
/// Who is to have a document knows it from the sealed payload and fetches it: what is missing says its own store, so a
/// cut, a crash and a restore of either side all end in the same place, the first chunk that is not on the disk.
/// Attachments go one after the other with few chunks on their way, so memory does not grow with them.
struct AttachmentTransfer: Sendable {
    let run: CourierRun

    /// Runs until the task is cancelled or the link fails.
    func serve() async throws {
        var leftAlone: [Digest: MonotonicTime] = [:]
        var places: [NodeID: Attachments.Wanted] = [:]
        let changes = run.ledger.changes(of: [.table("attachment"), .table("attachment_due")])
        while true {
            let seen = changes.count
            leftAlone = leftAlone.filter { run.world.time.monotonicTime < $0.value }
            let (fetched, wants) = try await fetchWanted(&leftAlone, &places)
            let isWaiting = try await noteAcknowledged()
            if !fetched {
                let pause =
                    if isWaiting || !leftAlone.isEmpty {
                        Limits.courierRetryMilliseconds
                    } else {
                        wants ? Limits.courierPollMilliseconds : Limits.attachmentIdleMilliseconds
                    }
                await changes.wait(since: seen, orMilliseconds: pause, time: run.world.time)
                // Documents are not in a hurry: several that are announced one after the other are one look.
                try await run.world.time.sleep(milliseconds: Limits.attachmentPauseMilliseconds)
            }
            try Task.checkCancellation()
        }
    }

    /// Fetches one step of what is wanted of each author.
    ///
    /// The next step goes on where this one ended, so documents that never come, however many somebody announces, keep
    /// no others waiting.
    ///
    /// - Parameters:
    ///   - leftAlone: what did not come and is not asked for again yet.
    ///   - places: where each author's next step begins.
    /// - Returns: whether something came, and whether something was wanted.
    private func fetchWanted(
        _ leftAlone: inout [Digest: MonotonicTime], _ places: inout [NodeID: Attachments.Wanted]
    ) async throws -> (came: Bool, wants: Bool) {
        var (came, wants) = (false, false)
        var next: [NodeID: Attachments.Wanted] = [:]
        defer { places = next }
        let route = CourierRoute(node: run.ledger.node, tree: run.region.tree(at: run.world.time.wallTime))
        for author in try await run.ledger.read({ try Attachments.wantedAuthors(in: $0) })
        where route.source(ofDocumentsOf: author) == run.neighbour {
            wants = true
            let (place, limit) = (places[author], Limits.attachmentsPerStep)
            let wanted = try await run.ledger.read {
                try Attachments.wanted(of: author, after: place, limit: limit, in: $0)
            }
            if wanted.count == limit { next[author] = wanted.last }
            for item in wanted where leftAlone[item.digest] == nil {
                do {
                    try await fetch(item.digest)
                    came = true
                } catch let failure as Failure where failure.code.rawValue.hasPrefix("attachment.") {
                    note(failure, of: item)
                    guard leftAlone.count < Limits.queryResults else { continue }
                    leftAlone[item.digest] = run.world.time.monotonicTime.advanced(
                        byMilliseconds: Limits.attachmentRetryMilliseconds)
                } catch let failure as Failure where failure.code == "call.unknownMethod" {
                    // An older neighbour serves none.
                    run.board.attachmentTrouble("the neighbour runs an older version", with: run.neighbour)
                    return (false, true)
                }
            }
        }
        return (came, wants)
    }

    /// Fetches the chunks of an attachment that are missing here, a few at a time; each is checked, and on the disk
    /// before the next one is asked for in its place.
    private func fetch(_ digest: Digest) async throws {
        var missing = try await run.ledger.missingChunks(of: digest)[...]
        try await withThrowingTaskGroup(of: Void.self) { group in
            func ask() {
                guard let position = missing.popFirst() else { return }
                group.addTask { [run] in
                    let chunk = try await run.peer.attachmentChunk(
                        AttachmentPlace(attachment: digest, position: position))
                    try await run.ledger.keep(chunk, at: position, of: digest)
                }
            }
            for _ in 0..<Limits.attachmentChunksInFlight { ask() }
            while try await group.next() != nil { ask() }
        }
        run.board.attachmentTrouble(nil, with: run.neighbour)
    }

    private func note(_ failure: Failure, of item: Attachments.Wanted) {
        run.board.attachmentTrouble("\(failure.message) [\(failure.code)]", with: run.neighbour)
        let metadata: Logger.Metadata = [
            "neighbour": "\(run.neighbour)", "attachment": "\(item.digest)", "code": "\(failure.code)",
            "reason": "\(failure.message)",
        ]
        if failure.code == "attachment.notHere" {
            run.logger.info("an attachment is not at the neighbour yet", metadata: metadata)
        } else {
            run.logger.error("an attachment was not taken", metadata: metadata)
        }
    }

    /// Asks the parent which of the documents that it is to have lie on its disk.
    ///
    /// - Returns: whether it is to have some that it does not say it has.
    private func noteAcknowledged() async throws -> Bool {
        var last: Digest?
        var isWaiting = false
        let neighbour = run.neighbour
        while true {
            let after = last
            let due = try await run.ledger.read { sql in
                try Attachments.due(to: neighbour, after: after, limit: Limits.attachmentsPerStep, in: sql)
            }
            guard !due.isEmpty else { return isWaiting }
            last = due.last
            let held: Set<Digest>
            do {
                held = Set(try await run.peer.heldAttachments(AttachmentList(due)).attachments)
            } catch let failure as Failure where failure.code == "call.unknownMethod" {
                return false
            }
            let acknowledged = due.filter(held.contains)
            isWaiting = isWaiting || acknowledged.count < due.count
            guard !acknowledged.isEmpty else { continue }
            try await run.ledger.write(lane: .bulk) { transaction in
                try Attachments.acknowledged(acknowledged, by: neighbour, in: transaction.sql)
            }
        }
    }
}
