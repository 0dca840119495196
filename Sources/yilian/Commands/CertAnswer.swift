import Effects
import Regions
import Trust
import VerbKit

/// What the verbs that make or record a certificate answer.
struct CertAnswer {
    let facts: NodeFacts
    let folder: AuthorityFolder

    /// What was done, and what is to be done next.
    enum Action {
        case issued
        case renewed
        case renewedWithLedgerKey
        case adopted
    }

    func show(_ action: Action, dropped: [String] = [], json: Bool) throws {
        if json {
            try Terminal.json(facts)
            return
        }
        if let newest = facts.certificates.last {
            Terminal.line("certificate \(newest.serial) of \(facts.node), valid to \(newest.to.chinaText)")
            Terminal.line("names: \(newest.hosts.names.joined(separator: ", "))")
            if !dropped.isEmpty { Terminal.line("dropped: \(dropped.joined(separator: ", "))") }
        }
        if let key = facts.ledgerKeys.last, action == .issued || action == .renewedWithLedgerKey {
            Terminal.line("ledger key \(key.id)")
        }
        for line in next(action) { Terminal.line(line) }
    }

    private func next(_ action: Action) -> [String] {
        let place = folder.nodeFolderPath(facts.node)
        switch action {
        case .issued:
            return ["Bring the files of \(place) to the node, and publish the region."]
        case .renewed:
            return [
                "Bring tls.key and tls.crt of \(place) to the node together and send it SIGHUP; nothing is to be published."
            ]
        case .renewedWithLedgerKey:
            return [
                "Publish the region. Then bring tls.key, tls.crt and every ledger*.key of \(place) to the node and send it "
                    + "SIGHUP."
            ]
        case .adopted:
            return ["It is on record: `yilian cert list \(folder.path)` shows it, `yilian cert revoke` can name it."]
        }
    }
}
