import Ledgers
import NodeRuntime
import Recognition
import Regions

extension RegionCheck {
    /// Every node shows of each result the version that its hospital's own order says: how far it is, then when it was
    /// issued, whatever came when; a void only until something final was issued after it.
    func standing() async throws {
        for (order, versions) in Dictionary(grouping: journal.versions, by: \.order).sorted(by: { $0.key < $1.key }) {
            // What was sent again after its disk was put back may stand twice, and one of the two counts.
            guard !journal.mayStandTwice.contains(order), versions.allSatisfy({ !journal.lost.contains($0.entry) }),
                let expected = Self.expected(versions), let first = versions.first
            else { continue }
            for node in shared.nodes where node.tier != .dispatcher && isDue(first.entry.author, at: node.id) {
                guard let running = node.node else { continue }
                let shown = try await running.service(RecognitionService.self).standing(of: first.reportKey)
                if shown?.entry != expected.entry {
                    violation("standing", "\(node.id) shows another version of \(order) than \(expected.entry)")
                }
                if shown?.isVoid != (expected.status == .void) {
                    violation("standing", "\(node.id) does not agree on whether \(order) is void")
                }
            }
        }
    }

    /// The rule once more, by an eye of its own.
    private static func expected(_ versions: [Journal.Version]) -> Journal.Version? {
        let void = versions.filter { $0.status == .void }.max { $0.issued < $1.issued }
        let since = void?.issued ?? .min
        let later = versions.filter { $0.status != .void && $0.issued > since }
        guard later.contains(where: { $0.status != .preliminary }) || void == nil else { return void }
        return later.max { ($0.status.rawValue, $0.issued) < ($1.status.rawValue, $1.issued) }
    }
}
