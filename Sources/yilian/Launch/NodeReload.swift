import Console
import DestinationClients
import Destinations
import Effects
import Logging
import NodeRuntime
import Regions
import TLSTransport

/// What SIGHUP does: reads the level of the log, the destinations with their authorities, the certificates of links and
/// listeners, the ledger keys, the operators' token and the region's file again.
///
/// Each that cannot be read is left as it was, with the reason in the log. Open links and connections keep their
/// certificate. What else has changed in the node's file holds after a restart, and what would keep the node from
/// starting is said now, while somebody is there.
struct NodeReload {
    let parts: NodeParts
    let logger: Logger

    func perform() {
        var failures: Set<String> = []
        func attempt(_ what: String, _ body: () throws -> Void) {
            if let failure = self.attempt(what, body) { failures.insert(failure) }
        }
        attempt("level of the log") {
            let file = try nodeFile()
            parts.log.set(file.logLevel)
            warn(ofChangesTo: file)
        }
        attempt("certificate") {
            let credentials = try NodeCredentials(parts.folder, region: parts.node.setup.region.current.region)
            try parts.transport.reload(credentials.tls)
            parts.expiry.set(credentials.identity.notAfter)
        }
        attempt("listeners' certificates") {
            try parts.edge.reload {
                try NodeCredentials(parts.folder, region: parts.node.setup.region.current.region).edge
            }
        }
        attempt("destinations") { try replaceDestinations() }
        attempt("authorities of hospitals' systems") { try parts.hospitals.reload() }
        attempt("console's certificate") {
            try parts.pages?.reload {
                try NodeCredentials(parts.folder, region: parts.node.setup.region.current.region).edge
            }
        }
        attempt("ledger keys") {
            let keys = try parts.folder.ledgerKeys()
            let keyring = parts.node.setup.keyring
            try parts.folder.keyCheck(parts.node.setup.region.current)
                .nobodyElses(first: keys.first, others: keys.others)
            keyring.replace([keys.first] + keys.others, at: parts.node.setup.world.time.wallTime)
            parts.node.context.ledger.wakeAll()
        }
        attempt("operator's token") {
            try parts.tokens.replace([try parts.folder.operatorToken(random: parts.node.setup.world.random)])
        }
        attempt("region configuration") {
            let path = parts.folder.file.resolved(parts.folder.file.regionFile)
            let bytes = try parts.folder.disk.read(path)
            // An older file is no fault: newer configurations come over links.
            try Failure.naming(path) { try parts.node.regionKeeper.acceptUnlessOlder(bytes) }
        }
        let check = NodeFolderCheck(folder: parts.folder, world: parts.node.setup.world)
            .run(isLedgerLookedInto: false)
        for failure in check.failures where !failures.contains(failure.description) {
            logger.error("this would keep the node from starting again", metadata: ["reason": "\(failure)"])
        }
    }

    private func nodeFile() throws -> NodeFile {
        let path = parts.configFile
        return try NodeFile.read(
            try parts.folder.disk.readText(path), fileName: path, sections: ServiceList.sections)
    }

    /// Takes the destinations that the node's file names now, all of them or none.
    private func replaceDestinations() throws {
        let file = try nodeFile()
        let new = file.section(DestinationsSection.self)
        guard new.destinations != parts.destinations.destinations else { return }
        let problems = file.problems(in: parts.node.setup.region.current)
        guard problems.isEmpty else { throw RegionProblems(problems) }
        try parts.hospitals.replace(new.destinations)
        parts.destinations.replace(new.destinations)
    }

    /// - Returns: why it was not loaded; nil where it was.
    private func attempt(_ what: String, _ body: () throws -> Void) -> String? {
        do {
            try body()
            logger.notice("loaded again", metadata: ["what": "\(what)"])
            return nil
        } catch {
            let failure = error as? Failure ?? (error as? RegionProblems)?.failure
            let reason = failure?.description ?? "it cannot be read"
            logger.error(
                "not loaded again; the old one stays", metadata: ["what": "\(what)", "reason": "\(reason)"])
            return reason
        }
    }

    /// Says which keys of the node's file hold only after a restart; what the command line set is not asked of the file.
    private func warn(ofChangesTo file: NodeFile) {
        let (now, new) = (parts.folder.file.effective, file.effective)
        let options = Set(now.filter { if case .option = $0.origin { true } else { false } }.map(\.key))
        func values(_ settings: [EffectiveSetting]) -> [String: String] {
            let asked = settings.filter {
                !options.contains($0.key) && $0.key != "log.level" && !$0.key.hasPrefix("destinations.")
            }
            return Dictionary(asked.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        let (before, after) = (values(now), values(new))
        let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
        guard !changed.isEmpty else { return }
        logger.warning(
            "the node's file has changed where a running node does not look; it holds after a restart",
            metadata: ["keys": "\(changed.joined(separator: " "))"])
    }
}
