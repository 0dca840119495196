import Console
import DestinationClients
import Destinations
import DirectorySignIn
import Edge
import Effects
import Foundation
import Ledgers
import Regions
import TLSTransport
import Trust

/// Looks at everything that `node start` will look at, and changes nothing: region, keys, certificate, tokens, modes.
struct NodeFolderCheck {
    let folder: NodeFolder
    let world: World

    /// What would keep the node from starting or from being believed, everything at once.
    ///
    /// - Parameter isLedgerLookedInto: not in the process that has the ledger open, see ``NodeLedgerCheck``.
    /// - Returns: what is wrong in the files, what in the node's file does not fit the region that lies there, and what
    ///   its operator may want to know.
    func run(isLedgerLookedInto: Bool) -> (failures: [Failure], problems: [ConfigurationProblem], notes: [String]) {
        var run = Run()
        let file = folder.file
        guard folder.disk.isDirectory(folder.path) else {
            let failure = Failure(
                "node.noFolder", "there is no data folder", place: folder.path,
                remedy: "make it with mode 0700, and put into it what `yilian cert issue` wrote for this node")
            return ([failure], [], [])
        }
        run.attempt { try folder.checkMode() }
        run.attempt { try checkWritable() }
        let registry = run.attempt { try folder.region(now: world.time.wallTime) }
        let problems = registry.map { file.problems(in: $0.current) } ?? []
        if let registry { checkKeys(registry, &run) }
        run.attempt { try checkOperatorToken() }
        run.failures += EdgeFiles.failures(
            mllp: file.mllp, https: file.https, resolve: { file.resolved($0) }, disk: folder.disk)
        run.failures += PageListener.failures(file.console, resolve: { file.resolved($0) }, disk: folder.disk)
        run.failures += HospitalDirectory.failures(
            file.console?.directory, resolve: { file.resolved($0) }, disk: folder.disk)
        run.failures += HospitalClients.failures(
            file.section(DestinationsSection.self).destinations, resolve: { file.resolved($0) }, disk: folder.disk)
        var notes: [String] = []
        if isLedgerLookedInto {
            notes = run.attempt { try NodeLedgerCheck(folder: folder).notes(region: registry?.current.region) } ?? []
        }
        return (run.failures, problems, notes)
    }

    private struct Run {
        var failures: [Failure] = []

        @discardableResult
        mutating func attempt<Value>(_ body: () throws -> Value) -> Value? {
            do { return try body() } catch let failure as Failure {
                failures.append(failure)
            } catch {
                failures.append(Failure("node.badFile", "a file of the node cannot be read"))
            }
            return nil
        }
    }

    private func checkKeys(_ registry: RegionRegistry, _ run: inout Run) {
        let (node, now) = (folder.file.node, world.time.wallTime)
        run.attempt {
            let credentials = try NodeCredentials(folder, region: registry.current.region)
            _ = try credentials.tls.checked()
            let revoked = Set(registry.current.revokedCertificates.map { Hex.text($0.serialNumber) })
            let trail = credentials.identity.judge(
                region: registry.current.region.rawValue, now: now, revokedSerials: revoked)
            if let objection = trail.objection {
                let (from, to) = (credentials.identity.notBefore.chinaText, credentials.identity.notAfter.chinaText)
                throw Failure(
                    "node.certificate",
                    "neighbours will not believe the certificate, which is from \(from) to \(to): "
                        + "it does not hold that \(objection.rule)",
                    place: folder.file.resolved(folder.file.certificateFile),
                    remedy: "bring one that `yilian cert renew` or `yilian cert issue` wrote")
            }
        }
        // A node that the region does not know is another problem, and said as that.
        guard registry.current.node(node) != nil else { return }
        run.attempt {
            let keys = try folder.ledgerKeys()
            try folder.keyCheck(registry.current).ledger(first: keys.first, others: keys.others)
            let isAnyOfUse = ([keys.first] + keys.others).contains {
                registry.ledgerKey(of: node, id: $0.id, at: now) != nil
            }
            guard !isAnyOfUse else { return }
            throw Failure(
                "node.otherKey", "every ledger key of '\(node)' that lies here has ended, or begins later",
                place: folder.path + "/ledger.key",
                remedy: "bring the ledger*.key files of `yilian cert renew DIR \(node) --new-ledger-key`, and publish")
        }
        run.attempt { try folder.keyCheck(registry.current).box(try folder.boxKey()) }
    }

    /// A disk that is mounted for reading alone keeps a node from starting.
    private func checkWritable() throws {
        guard !folder.disk.isWritable(folder.path) else { return }
        throw Failure(
            "disk.unwritable", "this user cannot write in the data folder", place: folder.path,
            remedy: "run it as the node's user; look at the folder's owner, and whether its disk is mounted read-only")
    }

    /// The operators' token is made at the first start; one that is there must be fit for use.
    private func checkOperatorToken() throws {
        let path = folder.operatorTokenPath
        guard folder.disk.exists(path) else { return }
        let token = try PrivateFile.read(path, disk: folder.disk).filter { !$0.isWhitespace }
        do { _ = try OperatorTokens([token]) } catch let failure as Failure {
            throw Failure(failure.code, failure.message, place: path, remedy: failure.remedy)
        }
    }
}
