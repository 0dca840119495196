import Console
import ConsoleKit
import Effects
import ServiceKit

/// Something about a node that somebody should look at: what is so, what it does to whom, and the one command that helps.
struct NodeFinding: Sendable {
    var node: String
    var mark: StateMark
    var title: Wording
    var consequence: Wording
    var since: WallTime?
    /// What is typed on the node's machine, or where the words say; none where nobody has to do anything.
    var command: String?
}

extension NodeFinding {
    private static let warningDays: Int64 = 30
    private static let longWaitSeconds: Int64 = 3_600
    private static let smallDiskBytes = 1 << 30

    /// Everything about a node, worst first.
    ///
    /// - Parameters:
    ///   - name: of a node, for people.
    ///   - version: of the configuration at the node that looks.
    static func all(
        of line: RegionOutlookInfo.Node, name: (String) -> String, version: UInt64, now: WallTime
    ) -> [NodeFinding] {
        let findings = [standing(line, name: name)].compactMap { $0 } + reported(line, version: version, now: now)
        return findings.enumerated().sorted { left, right in
            (left.element.mark.rank, left.offset) < (right.element.mark.rank, right.offset)
        }.map(\.element)
    }

    /// How a node stands in the region.
    private static func standing(_ line: RegionOutlookInfo.Node, name: (String) -> String) -> NodeFinding? {
        let since = PageVisit.time(line.since)
        let parent = line.parent.map(name) ?? ""
        switch line.state {
        case .up: return nil
        case .broken:
            return NodeFinding(
                node: line.node, mark: .broken, title: Wording("\(line.name) is not reached", "\(line.name) 中断"),
                consequence: Wording(
                    "It works on by itself with what it has; its results reach \(parent) when the link is back.",
                    "它在本地继续工作；链路恢复后，数据自动补传到\(parent)。"),
                since: since, command: "systemctl status yilian@\(line.node)")
        case .paused:
            return NodeFinding(
                node: line.node, mark: .attention,
                title: Wording("The link to \(line.name) is paused", "与\(line.name)的链路已暂停"),
                consequence: Wording(
                    "An operator keeps it down, over restarts too. Both work on by themselves; nothing is lost, and nothing "
                        + "goes until somebody resumes it.",
                    "操作员暂停了它，重启后仍然暂停。两边各自继续工作，什么也不会丢；在恢复之前什么也不会送。"),
                since: since, command: "yilian peer resume \(line.node)")
        case .stale:
            return NodeFinding(
                node: line.node, mark: .stale,
                title: Wording("\(line.name) is linked and says nothing new", "\(line.name) 有链路，没有新状态"),
                consequence: Wording(
                    "Its figures are those of its last word.", "显示的数字停在它最后一次消息时。"), since: since,
                command: "yilian node status --data /var/lib/yilian/\(line.node)")
        case .unknown where line.lastWordAt == nil:
            return NodeFinding(
                node: line.node, mark: .unknown,
                title: Wording("\(line.name) has not said anything yet", "\(line.name) 还没有报到"),
                consequence: Wording(
                    "It may not have started yet, \(parent) may be away, or one of the two is of an older release.",
                    "它可能还没有启动，也可能\(parent)失联，或者其中一个是旧版本。"), since: nil)
        case .unknown:
            return NodeFinding(
                node: line.node, mark: .unknown,
                title: Wording("\(line.name): unknown while \(parent) is away", "\(line.name)：\(parent)失联期间状况未知"),
                consequence: Wording(
                    "It may be well: only \(parent) could say. Nothing is to be done here.",
                    "它可能一切正常：只有\(parent)能说明。这里不用处理。"), since: since)
        }
    }

    /// What a node says of itself.
    private static func reported(
        _ line: RegionOutlookInfo.Node, version: UInt64, now: WallTime
    ) -> [NodeFinding] {
        let folder = "/var/lib/yilian/\(line.node)"
        var findings: [NodeFinding] = []
        func note(
            _ mark: StateMark, _ title: Wording, _ consequence: Wording, since: WallTime? = nil, _ command: String?
        ) {
            findings.append(
                NodeFinding(
                    node: line.node, mark: mark, title: title, consequence: consequence, since: since,
                    command: command))
        }
        if let forks = line.forks, forks > 0 {
            note(
                .broken, Wording("\(line.name): two histories of one author", "\(line.name)：同一作者有两份历史"),
                Wording("Bulk of that author is not taken until somebody decides.", "在有人裁定之前，不再接收该作者的批量数据。"),
                "yilian ledger verify --data \(folder)")
        }
        for (what, end, command) in [
            (Wording("certificate", "证书"), line.certificateEndsAt, "yilian cert renew DIR \(line.node)"),
            (
                Wording("ledger key", "账本密钥"), line.ledgerKeyEndsAt,
                "yilian cert renew DIR \(line.node) --new-ledger-key"
            ),
        ] {
            guard let end = PageVisit.time(end) else { continue }
            let days = end.milliseconds(since: now) / 86_400_000
            guard days < warningDays else { continue }
            let isOver = end < now
            note(
                isOver ? .broken : .attention,
                isOver
                    ? Wording("\(line.name): the \(what.english) has run out", "\(line.name)：\(what.chinese)已到期")
                    : Wording(
                        "\(line.name): the \(what.english) runs out in \(days) days",
                        "\(line.name)：\(what.chinese) \(days) 天后到期"),
                Wording(
                    "It ends on \(Moment(end).day). Old and new hold side by side; nothing is stopped.",
                    "\(Moment(end).day) 到期。新旧同时有效一段时间，不用停机。"), command)
        }
        if let count = line.setAside, count > 0 {
            note(
                .attention, Wording("\(line.name): \(count) entries are set aside", "\(line.name)：搁置 \(count) 条"),
                Wording("They lie on disk and nothing is derived from them.", "已落盘，但没有据此生成任何内容。"),
                "yilian ledger verify --data \(folder)")
        }
        if line.state == .up, let seconds = line.waitingSeconds, seconds >= longWaitSeconds {
            note(
                .attention,
                Wording("\(line.name): something has waited for long", "\(line.name)：有内容等了很久"),
                Wording("It lies on disk and is not lost.", "已落盘，不会丢。"),
                since: now.advanced(byMilliseconds: -seconds * 1_000), "yilian queue why --data \(folder)")
        }
        if let free = line.freeDiskBytes, free < smallDiskBytes {
            note(
                .attention, Wording("\(line.name): the disk is nearly full", "\(line.name)：磁盘快满了"),
                Wording("Below 64 MiB the node takes nothing any more.", "低于 64 MiB 时节点不再接收数据。"), "df -h \(folder)")
        }
        if line.state == .up, let own = line.configurationVersion, own < version {
            note(
                .stale, Wording("\(line.name): an older configuration", "\(line.name)：配置较旧"),
                Wording(
                    "It has version \(own), here is \(version). It goes there by itself within a minute.",
                    "它是第 \(own) 版，这里是第 \(version) 版；一分钟内会自己送到。"),
                "yilian region accept FILE --data \(folder)")
        }
        return findings
    }
}

extension RegionOutlookInfo {
    /// Everything about every node, worst first, those of the longest standing before others.
    func findings(_ visit: PageVisit) -> [NodeFinding] {
        let named = names
        return nodes.flatMap { line in
            NodeFinding.all(of: line, name: { named[$0] ?? $0 }, version: configurationVersion, now: visit.now)
        }
    }

    var names: [String: String] {
        Dictionary(nodes.map { ($0.node, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// The nodes from the one that looks down to another.
    func way(to id: String) -> [Node] {
        let all = Dictionary(nodes.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
        var way: [Node] = []
        var next = all[id]
        while let node = next, way.count < nodes.count {
            way.insert(node, at: 0)
            next = node.parent.flatMap { all[$0] }
        }
        return way
    }
}

extension RegionOutlookInfo.Node {
    /// How the node is by itself, without what it says of its own needs.
    var standing: StateMark {
        switch state {
        case .up: .ok
        case .broken: .broken
        case .paused: .held
        case .stale: .stale
        case .unknown: .unknown
        }
    }
}
