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

/// An existing result beside an item that a doctor orders, with the reasons for and against.
package struct RecognitionCandidate: Sendable, Equatable {
    package var summary: ReportSummary
    package var item: CatalogueItem
    package var verdict: RecognitionOutcome
    package var trail: [TrailStep]
    /// The report time from which the window counts; none where the report says none that can be read.
    package var reportTime: WallTime?
    /// The last moment at which it may be recognised.
    package var validUntil: WallTime?
    /// The widest mark that holds for the receiver, as it stands on reports.
    package var mark: String?
    /// The number of the certificate behind the mark.
    package var certificate: String?
    package var issuer: OrganizationUnit?

    /// What the doctor reads first.
    package var text: BilingualText {
        if let failed = trail.first(where: { $0.outcome == .failed }) {
            return BilingualText("不可互认：" + failed.text.chinese, "Not recognisable: " + failed.text.english)
        }
        let until = validUntil.map { String($0.chinaText.prefix(10)) } ?? ""
        switch verdict {
        case .recognised:
            return BilingualText(
                "可互认：\(item.name)在有效期内（至\(until)），\(issuerName)出具。",
                "Recognisable: \(item.englishName), valid until \(until), issued by \(issuerName).")
        case .discretion:
            let doubt = trail.first { $0.outcome == .doubt } ?? trail.last { $0.rule == .policy }
            return BilingualText(
                "由接诊医师判断：" + (doubt?.text.chinese ?? "规则未作规定。"),
                "At the doctor's discretion: " + (doubt?.text.english ?? "no rule decides."))
        case .not:
            let policy = trail.last { $0.rule == .policy }
            return BilingualText(
                "不可互认：" + (policy?.text.chinese ?? "规则不允许。"),
                "Not recognisable: " + (policy?.text.english ?? "the rules do not allow it."))
        }
    }

    package var issuerName: String { issuer?.name ?? summary.fields.institution }
}

/// What was found for one ordered item.
package struct ItemMatch: Sendable, Equatable {
    package var ordered: OrderedItem
    /// The best first: recognisable ones before those at discretion, newer ones before older.
    package var candidates: [RecognitionCandidate]

    package func count(_ verdict: RecognitionOutcome) -> Int { candidates.count { $0.verdict == verdict } }
    /// Candidates that nothing but their age speaks against.
    package var expiredCount: Int {
        candidates.count { candidate in
            let failed = candidate.trail.filter { $0.outcome == .failed }
            return !failed.isEmpty && failed.allSatisfy { $0.rule == .window }
        }
    }
}

/// An item of an order: the code under which the hospital ordered it, and the region's item.
package struct OrderedItem: Sendable, Equatable {
    /// As ordered; a panel's code stands at each of its items.
    package var code: String
    package var item: CatalogueItem
    /// The number of its own line of the order.
    package var orderNumber: String?

    package init(code: String, item: CatalogueItem, orderNumber: String? = nil) {
        self.code = code
        self.item = item
        self.orderNumber = orderNumber
    }
}
