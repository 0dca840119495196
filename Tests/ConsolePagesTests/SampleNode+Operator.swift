import Effects
import Links
import ServiceKit

@testable import Console
@testable import Destinations

extension SampleNode {
    static func checked(_ order: DestinationEndpoints.Order) throws -> DestinationEndpoints.Order {
        _ = try OperatorReason(order.reason)
        return order
    }

    /// One message that waits, is held or lies beside, as its id says.
    private func message(_ item: String) -> DestinationEndpoints.QueuedMessage {
        let state: DestinationEndpoints.Standing =
            item.contains("Held") ? .held : item.contains("efused") ? .beside : .waiting
        return DestinationEndpoints.QueuedMessage(
            item: item, receiver: "his", kind: "reports", controlID: text, state: state, madeAt: ago(8_040),
            changedAt: ago(600), due: state == .waiting ? ago(-30) : nil, attempts: 3, sizeBytes: 900, code: "AE",
            reason: text, place: "1-17")
    }

    func listing(_ question: DestinationEndpoints.MessageQuestion) -> DestinationEndpoints.MessageListing {
        let all = ["his/messageHeld", "his/messageRefused", "his/waits"].map(message)
        let shown = all.filter { question.state == nil || $0.state == question.state }
        return DestinationEndpoints.MessageListing(
            messages: shown, before: question.after == nil ? nil : "1-17", after: question.after == nil ? "1-18" : nil)
    }

    func look(_ look: DestinationEndpoints.MessageLook) throws -> DestinationEndpoints.MessageNeighbours {
        guard look.item != "gone" else { throw Failure("destination.noMessage", "no such message") }
        return DestinationEndpoints.MessageNeighbours(
            message: message(look.item), previous: "his/before", next: "his/after", ahead: "his/ahead")
    }

    func trial(of node: String) -> PeerTestInfo {
        PeerTestInfo(
            node: node, at: ago(0), isWell: node == "yangquan-shi",
            findings: LinkTrial.Step.allCases.enumerated().map { index, step in
                PeerTestInfo.Finding(
                    step: step, outcome: LinkTrial.Outcome.allCases[index % LinkTrial.Outcome.allCases.count],
                    text: text)
            }, remedy: node == "yangquan-shi" ? nil : text)
    }

    var changes: RegionChangesInfo {
        let all = ["added", "removed", "changed"].map {
            RegionChangesInfo.Change(kind: $0, subject: text, detail: text)
        }
        return RegionChangesInfo(
            version: 42, last: .init(from: 41, to: 42, changes: all), next: .init(from: 42, to: 43, changes: []))
    }

    var backups: BackupListing {
        let checks = [
            BackupInfo.Check(at: ago(60), isSound: true, problems: []),
            BackupInfo.Check(at: ago(60), isSound: false, problems: [text]), nil,
        ]
        return BackupListing(
            folder: text, kept: 7,
            backups: checks.enumerated().map { index, check in
                BackupInfo(
                    name: "pingding-\(index)", path: "/backups/pingding-\(index)",
                    madeAt: index == 2 ? nil : ago(8_040),
                    release: text, sizeBytes: 5_000_000, files: ["ledger.db"], check: check)
            })
    }

    var acts: ActEndpoints.Listing {
        ActEndpoints.Listing(
            acts: OperatorAct.Action.allCases.map {
                ActEndpoints.Info(OperatorAct($0, text, by: text, reason: text, at: now))
            }, next: 3)
    }
}
