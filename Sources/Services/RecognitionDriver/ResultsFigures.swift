/// What one run measured.
struct ResultsFigures: Codable, Sendable {
    var reports: Int
    var items: Int
    var inflight: Int
    var backlog: Bool
    /// From the first publish until every report is found at the county; with a backlog, from the link.
    var seconds: Double
    var reportsPerSecond: Double
    var publishPerSecond: Double
    var publishP50Milliseconds: Double
    var publishP99Milliseconds: Double
    /// From the township's disk to the county's, warm-up included.
    var delayP50Milliseconds: Int64
    var delayP99Milliseconds: Int64
    var townshipCPUSecondsPerMillion: Double
    var countyCPUSecondsPerMillion: Double
    /// Contained in the township's.
    var generatorCPUSecondsPerMillion: Double
    var wireBytes: Int
    var wireBytesPerReport: Double
    var townshipPeakMiB: Double
    var countyPeakMiB: Double
    var findsVerified: Int
    /// From the append of a clinical entry at the township to its acknowledgement from the county's disk, while a
    /// backlog drains and after it; only where there was one.
    var clinicalWhileDraining: ClinicalProbe.Times?
    var clinicalIdle: ClinicalProbe.Times?

    init(
        load: LoadOptions, published: TownshipRole.Published, visible: CountyRole.Visible, ended: TownshipRole.Ended,
        verified: CountyRole.Verified, wireBytes: Int
    ) {
        let count = Double(load.reports)
        let began = load.backlog ? visible.linkedAtMilliseconds : published.beganAtMilliseconds
        reports = load.reports
        items = load.items
        inflight = load.inflight
        backlog = load.backlog
        seconds = Double(visible.atMilliseconds - began) / 1_000
        reportsPerSecond = count / max(seconds, 0.001)
        let publishing = Double(published.endedAtMilliseconds - published.beganAtMilliseconds) / 1_000
        publishPerSecond = count / max(publishing, 0.001)
        publishP50Milliseconds = Double(published.publishP50Microseconds) / 1_000
        publishP99Milliseconds = Double(published.publishP99Microseconds) / 1_000
        delayP50Milliseconds = verified.delayP50Milliseconds
        delayP99Milliseconds = verified.delayP99Milliseconds
        townshipCPUSecondsPerMillion = ended.cpuSeconds / count * 1e6
        countyCPUSecondsPerMillion = visible.cpuSeconds / count * 1e6
        generatorCPUSecondsPerMillion = published.generatorCPUSeconds / count * 1e6
        self.wireBytes = wireBytes
        wireBytesPerReport = Double(wireBytes) / count
        townshipPeakMiB = Double(ended.peakBytes) / 1_048_576
        countyPeakMiB = Double(visible.peakBytes) / 1_048_576
        findsVerified = verified.finds
        clinicalWhileDraining = ended.clinicalWhileDraining
        clinicalIdle = ended.clinicalIdle
    }

    var text: String {
        var rows = [
            ("reports, of items", "\(reports), \(items)"),
            ("reports/s, publish to find", Self.whole(reportsPerSecond)),
            ("publish/s at the township", Self.whole(publishPerSecond)),
            ("publish p50, p99 ms", "\(publishP50Milliseconds), \(publishP99Milliseconds)"),
            ("disk to disk p50, p99 ms", "\(delayP50Milliseconds), \(delayP99Milliseconds)"),
            ("CPU s per million: township", Self.whole(townshipCPUSecondsPerMillion)),
            ("  of which making reports", Self.whole(generatorCPUSecondsPerMillion)),
            ("CPU s per million: county", Self.whole(countyCPUSecondsPerMillion)),
            ("bytes on the wire per report", Self.whole(wireBytesPerReport)),
            ("peak MiB: township, county", Self.whole(townshipPeakMiB) + ", " + Self.whole(countyPeakMiB)),
            ("finds verified", "\(findsVerified)"),
        ]
        if let times = clinicalWhileDraining { rows.append(("clinical p50, p99 ms, draining", times.text)) }
        if let times = clinicalIdle { rows.append(("  the same, idle", times.text)) }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
        }.joined()
    }

    private static func whole(_ value: Double) -> String { String(Int(value.rounded())) }
}
