import Effects
import Regions
import Trust

/// What the verbs that issue a certificate answer.
enum CertAnswer {
    static func show(_ facts: NodeFacts, in folder: AuthorityFolder, json: Bool) throws {
        if json {
            try Terminal.json(facts)
            return
        }
        if let newest = facts.certificates.last {
            Terminal.line("certificate \(newest.serial) of \(facts.node), valid to \(newest.to.chinaText)")
        }
        if let key = facts.ledgerKeys.last { Terminal.line("ledger key \(key.id)") }
        Terminal.line("Bring the files of \(folder.nodeFolderPath(facts.node)) to the node, and publish the region.")
    }
}
