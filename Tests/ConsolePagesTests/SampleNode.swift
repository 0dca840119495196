import Accounts
import ConsoleKit
import Effects
import ServiceKit

@testable import Console
@testable import Destinations

/// Endpoints that answer with samples, as a node of a county would; every text of others is the test's.
struct SampleNode: Sendable {
    /// Stands wherever a name, a reason or a code of somebody else can.
    var text = "柏井镇卫生院"
    /// How many nodes the region has beside those in each state.
    var nodes = 0
    /// How the link to the parent is.
    var parentState = "up"
    /// What the region is asked, where a test has another than the sample.
    var region: (@Sendable () -> RegionOutlookInfo)?
    /// What an auditor found, as it comes to the node.
    var reviewed: (@Sendable (AuditEndpoints.Review) -> Void)?
    var now = WallTime(milliseconds: 1_796_000_000_000)

    func ago(_ seconds: Int64) -> String { now.advanced(byMilliseconds: -seconds * 1_000).description }

    func endpoints(_ book: AccountBook) -> [ServedEndpoint] {
        let sample = self
        return [
            NodeEndpoints.status.serve { _ in sample.status }, NodeEndpoints.peers.serve { _ in sample.peers },
            NodeEndpoints.logLevel.serve { _ in LogInfo(level: "info") },
            NodeEndpoints.setLogLevel.serve { LogInfo(level: $0.level) },
            QueueEndpoints.list.serve { _ in sample.queue },
            QueueEndpoints.stuck.serve { _ in StuckListing(items: sample.stuck, isTruncated: true) },
            QueueEndpoints.export.serve { _ in Array("batches".utf8) },
            DestinationEndpoints.resend.serve { $0 }, DestinationEndpoints.release.serve { $0 },
            DestinationEndpoints.hold.serve { try Self.checked($0) },
            DestinationEndpoints.drop.serve { try Self.checked($0) },
            DestinationEndpoints.list.serve { _ in [] },
            DestinationEndpoints.messages.serve { sample.listing($0) },
            DestinationEndpoints.message.serve { try sample.look($0) },
            PeerEndpoints.test.serve { sample.trial(of: $0.node) },
            PeerEndpoints.pause.serve { order in
                _ = try OperatorReason(order.reason)
                return sample.peers[0]
            },
            PeerEndpoints.resume.serve { _ in sample.peers[0] },
            BackupEndpoints.list.serve { _ in sample.backups },
            BackupEndpoints.create.serve { _ in sample.backups.backups[0] },
            BackupEndpoints.verify.serve { _ in sample.backups.backups[1] },
            ActEndpoints.list.serve { _ in sample.acts },
            MessageEndpoints.list.serve { _ in sample.messages },
            RegionEndpoints.show.serve { _ in sample.configuration },
            RegionEndpoints.changes.serve { _ in sample.changes },
            RegionEndpoints.outlook.serve { _ in sample.region?() ?? sample.outlook },
            AuditEndpoints.list.serve { _ in AuditListing(records: sample.looks, isTruncated: true) },
            AuditEndpoints.own.serve { _ in AuditListing(records: sample.looks, isTruncated: true) },
            AuditEndpoints.openings.serve { question in
                let openings = sample.openings.filter { $0.isWaiting || question.isWaiting != true }
                return OpeningListing(
                    openings: openings, waiting: openings.count(where: \.isWaiting), waitingSince: sample.ago(90_000),
                    isTruncated: true)
            },
            AuditEndpoints.review.serve { order in
                sample.reviewed?(order)
                return AuditEndpoints.Reviewed(entry: "e", isRepetition: false)
            },
        ] + AccountEndpoints.endpoints(of: book)
    }

    private var status: NodeInfo {
        let part = LedgerFigures.Part(batches: 3, entries: 2_520, rawBytes: 9_000, storedBytes: 3_000)
        return NodeInfo(
            node: "pingding", name: text, tier: "county", region: "yangquan", release: text, processID: 1,
            startedAt: ago(3_600), uptimeSeconds: 3_600, parent: "yangquan-shi", linksUp: 1, linksExpected: 3,
            configurationVersion: 42, configurationAcceptedAt: ago(9_000), ledgerKeyEndsAt: ago(-900_000),
            certificateExpiresAt: ago(-86_400 * 21), commandsWaiting: 0,
            ledger: LedgerFigures(all: part, own: part, held: 1, setAside: 2, forks: 0),
            figures: [.init(name: text, value: 3)], backlogBatches: 4, backlogBytes: 9,
            addresses: NodeAddresses(
                node: "pingding", tier: "county", processID: 1, mllp: [.init(unit: text, address: text)], health: text,
                socket: text), freeDiskBytes: 5_000_000_000,
            concerns: [text, "2 entries are set aside: see `ledger verify`", "nobody reads this log"])
    }

    var peers: [PeerInfo] {
        [
            ("yangquan-shi", "parent", parentState), (text, "child", "waiting"), ("jucheng", "child", "connecting"),
            ("xipan", "child", "paused"),
        ].map {
            PeerInfo(
                node: $0, relation: $1, tier: "city", state: $2, since: ago(8_040), remoteAddress: text,
                clockDifferenceMilliseconds: 8, roundTripMilliseconds: 12, configurationVersion: 41, release: text,
                receivedBytes: 1, sentBytes: 2, callsInFlight: 0, heldBytes: 0, mostHeldBytes: 0, heldBytesLimit: 1,
                reason: $2 == "up" ? "" : text, lastError: text, lastErrorAt: ago(60),
                pausedBy: $2 == "paused" ? text : nil, pausedSince: $2 == "paused" ? ago(8_040) : nil,
                pauseReason: $2 == "paused" ? text : nil)
        }
    }

    private var queue: [QueueItemInfo] {
        [
            QueueItemInfo(
                neighbour: text, chain: text, batches: 4, entries: 1_247, bytes: 90_000, oldest: ago(8_040),
                oldestAgeSeconds: 8_040, reason: text),
            QueueItemInfo(
                neighbour: "his", chain: "messages to the hospital", batches: 0, entries: 3, bytes: 900,
                oldest: ago(30), oldestAgeSeconds: 30, reason: ""),
        ]
    }

    private var stuck: [StuckInfo] {
        StuckInfo.State.allCases.map {
            StuckInfo(
                state: $0, item: "his/\($0.rawValue)", node: text, since: ago(7_200), code: "identity.notEntitled",
                reason: text, wayOut: text)
        }
    }

    private var messages: [MessageInfo] {
        ["accepted", "duplicate", "refused", "notStored"].map {
            MessageInfo(
                message: text, institution: text, outcome: $0, receivedAt: ago(90),
                problems: Array(repeating: text, count: 5), correlation: text)
        }
    }

    private var configuration: RegionInfo {
        RegionInfo.sample(text, at: ago(90_000))
    }

    /// A county with a township in each state, one of which needs everything.
    var outlook: RegionOutlookInfo {
        func node(
            _ id: String, _ parent: String?, _ state: RegionOutlookInfo.State, _ seconds: Int64?, reason: String = "",
            isNeedy: Bool = false
        ) -> RegionOutlookInfo.Node {
            let heard = seconds.map(ago)
            return RegionOutlookInfo.Node(
                node: id, name: text, tier: parent == nil ? "county" : "township", parent: parent, state: state,
                since: heard, reason: reason, lastWordAt: heard, startedAt: heard.map { _ in ago(90_000) },
                release: heard.map { _ in text }, configurationVersion: heard.map { _ in isNeedy ? 41 : 42 },
                waitingEntries: heard.map { _ in 1_247 }, waitingSeconds: heard.map { _ in isNeedy ? 8_040 : 3 },
                setAside: isNeedy ? 2 : 0, forks: isNeedy ? 1 : 0, certificateEndsAt: ago(isNeedy ? 60 : -86_400 * 200),
                ledgerKeyEndsAt: ago(-86_400 * (isNeedy ? 20 : 200)), freeDiskBytes: isNeedy ? 1_000 : 5_000_000_000,
                missing: 0)
        }
        return RegionOutlookInfo(
            configurationVersion: 42, asOf: ago(0),
            nodes: [
                node("pingding", nil, .up, 0), node("jucheng", "pingding", .up, 3, isNeedy: true),
                node("baijing", "pingding", .broken, 8_040, reason: text), node("chakou", "pingding", .stale, 1_560),
                node("xipan", "pingding", .unknown, nil), node("qiaotou", "baijing", .unknown, 9_000),
            ] + (0..<nodes).map { node("t\($0)", "pingding", .broken, 8_040, reason: text) })
    }

    private var looks: [AuditInfo] {
        [(nil, nil), (text, nil), (text, finding)].map { reason, review in
            AuditInfo(
                entry: "a", at: ago(300), action: "recognition.fetch", outcome: "served", statement: text, node: text,
                practitioner: text, unit: text, system: text, purpose: "treatment", breakGlassReason: reason,
                caller: text, correlation: text, answered: 4, review: review)
        }
    }

    private var finding: AuditReviewInfo {
        AuditReviewInfo(entry: "r", at: ago(60), reviewer: text, finding: .unjustified, words: text)
    }

    /// One that waits, one that was reviewed, and one about which more was looked at since.
    private var openings: [OpeningInfo] {
        [([], true), ([finding], false), ([finding], true)].enumerated().map { index, state in
            OpeningInfo(
                opening: "jucheng/0/clinical/\(index)/0", statement: text, firstAt: ago(90_000), lastAt: ago(80_000),
                node: text, practitioner: text, unit: text, system: text, purpose: "emergency", reason: text,
                looks: [
                    .init(
                        entry: "jucheng/0/clinical/\(index)/0", at: ago(80_000), action: "recognition.fetch",
                        outcome: "served", answered: 4)
                ], reviews: state.0, isWaiting: state.1)
        }
    }
}
