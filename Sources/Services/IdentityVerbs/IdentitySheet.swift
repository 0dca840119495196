import Console
import Effects
import Identity
import VerbKit

/// People's identifiers, and the log of links and separations, on a terminal.
enum IdentitySheet {
    static func show(_ person: PersonInfo) {
        if !person.isKnown { Terminal.line("此处没有此人的任何记录 nothing here names this person") }
        var table = TextTable("TYPE", "ISSUER", "VALUE", "EVIDENCE", "HELD BY")
        for known in person.identifiers {
            table.add(
                known.identifier.type, known.identifier.authority.isEmpty ? "-" : known.identifier.authority,
                known.identifier.value, known.evidence.isEmpty ? "-" : known.evidence.joined(separator: " → "),
                known.heldBy ?? "-")
        }
        if !table.isEmpty { Terminal.line(table.text) }
        if !person.records.isEmpty {
            Terminal.line()
            show(person.records)
        }
        Terminal.line()
        if person.isIndex {
            Terminal.line("! 本节点是索引，不存证件号码 this node is an index: identifiers lie at counties and townships")
        }
        for apart in person.apart {
            Terminal.line("! 已拆分，不再合并 kept apart by \(apart.separation)")
        }
        if person.isTruncated { Terminal.line("! 证据过多，未全部追踪 more keys exist than a query follows") }
        Terminal.line("\(person.keyCount) keys; access statement \(person.statement)")
    }

    static func show(_ records: [IdentityRecordInfo]) {
        Terminal.list(
            records, titles: ["AT", "WHAT", "STANDS", "EVIDENCE", "TEXT", "BY", "UNIT", "NODE", "ENTRY"],
            none: Wording("no links and no separations", "没有关联或拆分记录")
        ) { record in
            [
                Shown.moment(record.at), record.deed == "link" ? "关联 link" : "拆分 separation",
                record.isStanding ? "有效 yes" : "已撤销 no", record.evidenceWord ?? "-",
                record.text.isEmpty ? "-" : record.text, record.practitioner,
                record.organizationUnit.isEmpty ? "-" : record.organizationUnit, record.node, record.entry,
            ]
        }
        for record in records where !record.causes.isEmpty {
            Terminal.line("\(record.entry) 撤销 undoes \(record.causes.joined(separator: ", "))")
        }
    }

    static func show(_ receipt: IdentityReceiptInfo, deed: String) {
        Terminal.line("\(deed): \(receipt.entry)\(receipt.isNew ? "" : " (已存在 stood already)")")
        for entry in receipt.undone { Terminal.line("撤销 undone: \(entry)") }
        for entry in receipt.stillJoinedBy {
            Terminal.line("! 仍经由此关联相连 still joined by \(entry); --link names a wrong one")
        }
        if receipt.isHereOnly == true {
            Terminal.line("! 仅在本节点有效 counts at this node alone: the unit has not reported under these identifiers")
        }
        Terminal.line("access statement \(receipt.statement)")
    }
}
