import Console
import Effects
import Logging
import NodeRuntime
import Regions
import TLSTransport

/// What SIGHUP does: reads the level of the log, the certificates of links and listeners, the ledger keys, the operators'
/// token and the region's file again.
///
/// Each that cannot be read is left as it was, with the reason in the log. Open links and connections keep their
/// certificate.
struct NodeReload {
    let parts: NodeParts
    let logger: Logger

    func perform() {
        attempt("level of the log") {
            let path = parts.configFile
            parts.log.set(try NodeFile.read(try parts.folder.disk.readText(path), fileName: path).logLevel)
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
        attempt("ledger keys") {
            let keys = try parts.folder.ledgerKeys()
            let keyring = parts.node.setup.keyring
            keyring.replace([keys.first] + keys.others, at: parts.node.setup.world.time.wallTime)
            parts.node.context.ledger.bell.ring()
        }
        attempt("operator's token") {
            try parts.tokens.replace([try parts.folder.operatorToken(random: parts.node.setup.world.random)])
        }
        attempt("region configuration") {
            let path = parts.folder.file.resolved(parts.folder.file.regionFile)
            let bytes = try parts.folder.disk.read(path)
            let offered = try Failure.naming(path) {
                try SignedRegionConfiguration(wireBytes: bytes).configuration().version
            }
            // An older file is no fault: newer configurations come over links.
            if offered > parts.node.setup.region.newestVersion { try parts.node.regionKeeper.accept(bytes) }
        }
    }

    private func attempt(_ what: String, _ body: () throws -> Void) {
        do {
            try body()
            logger.notice("loaded again", metadata: ["what": "\(what)"])
        } catch {
            let failure = error as? Failure ?? (error as? RegionProblems)?.failure
            logger.error(
                "not loaded again; the old one stays",
                metadata: ["what": "\(what)", "reason": "\(failure?.description ?? "it cannot be read")"])
        }
    }
}
