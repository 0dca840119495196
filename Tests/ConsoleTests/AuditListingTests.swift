import Testing

@testable import Console

@Suite("A page of audit records") struct AuditListingTests {
    private func records(_ times: [Int]) -> [AuditInfo] {
        times.enumerated().map { index, time in
            AuditInfo(
                entry: "\(index)", at: "2026-12-01T00:00:00.00\(time)Z", action: "a", outcome: "served", statement: "s",
                node: "n", practitioner: "p", unit: "u", system: "", purpose: "treatment", breakGlassReason: nil,
                caller: "", correlation: "", answered: 1)
        }
    }

    /// The entries of page after page, each before the last moment of the one before.
    private func walk(_ all: [AuditInfo], limit: Int) -> [String] {
        var (seen, before): ([String], String?) = ([], nil)
        for _ in 0..<20 {
            let newest = all.filter { record in before.map { record.at < $0 } ?? true }.prefix(limit + 1)
            let page = AuditListing(newest: Array(newest), limit: limit)
            seen += page.records.map(\.entry)
            guard page.isTruncated else { return seen }
            before = page.records.last?.at
        }
        return seen
    }

    @Test(arguments: [[9, 8, 7, 7, 6, 5], [9, 7, 7, 7, 6, 6], [9, 9, 9, 5, 5, 4], [9, 8, 7, 6, 5, 5]])
    func `pages show every record once, also those of one moment`(_ times: [Int]) {
        #expect(walk(records(times), limit: 3) == times.indices.map { "\($0)" })
    }

    @Test func `a page ends where there are no more, and is never empty`() {
        let listing = AuditListing(newest: records([9, 8, 8]), limit: 3)
        #expect(listing.records.count == 3 && !listing.isTruncated)
        let alike = AuditListing(newest: records([9, 9, 9]), limit: 2)
        #expect(alike.records.count == 2 && alike.isTruncated)
    }
}
