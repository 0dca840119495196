package import Effects
package import Regions
package import ServiceKit

/// What is known about the results that might spare an order.
package struct RecognitionMatch: Sendable, Equatable {
    /// Names the match; a decision speaks of it.
    package var id: String
    package var receiver: OrganizationUnit
    package var items: [ItemMatch]
    /// Codes that neither the institution's mapping nor the catalogue knows.
    package var unknown: [MatchOrder.Code]
    package var asked: [NodeID]
    package var unreached: [FindAnswer.Unreached]
    /// More results exist than were looked at; the newest were.
    package var isTruncated: Bool
    package var madeAt: WallTime
    package var milliseconds: Int64
    /// On what the question rested.
    package var statement: SignedAccessStatement

    /// How far the answer reaches.
    package var reach: BilingualText {
        guard let first = unreached.first else {
            return BilingualText("已查询：本节点至全市。", "Asked: this node and everything up to the city.")
        }
        guard first.isAway else {
            return BilingualText(
                "仅查询了\(asked.map(\.rawValue).joined(separator: "、"))；\(first.node)拒绝了查询（\(first.reason)）。",
                "Only \(asked.map(\.rawValue).joined(separator: ", ")) asked; \(first.node) refused the question "
                    + "(\(first.reason)).")
        }
        let since = first.since.map { $0.chinaText } ?? ""
        let names = asked.map(\.rawValue).joined(separator: "、")
        return BilingualText(
            "仅查询了\(names)；\(first.node)未能到达" + (since.isEmpty ? "。" : "，自\(since)起。"),
            "Only \(asked.map(\.rawValue).joined(separator: ", ")) asked; \(first.node) not reached"
                + (since.isEmpty ? "." : " since \(since)."))
    }
}
