import Effects
import Ledgers
import Regions
import Storage
import Testing

@testable import Indicators

struct DatedTreeTests {
    @Test func aTownshipThatMovesCountsWhereItWasAtThePeriodsEnd() async throws {
        let region = try SampleRegion(
            now: "2026-12-02T10:00:00+08:00", moving: (SampleRegion.hill, try WallTime(text: "2026-11-22")))
        let hill = try await region.open(SampleRegion.hill)
        let east = try await region.open(SampleRegion.east)
        let west = try await region.open(SampleRegion.west)
        let city = try await region.open(SampleRegion.city)
        try await hill.publish(5, at: "2026-11-21T12:00:00+08:00")
        try await hill.publish(7, at: "2026-11-22T12:00:00+08:00")
        let periods = ["2026-11-21", "2026-11-22", "2026-11"]
        for period in periods { try await hill.closeNow(period) }
        try await west.take(from: hill)
        try await west.takeParcels(from: hill)
        try await east.takeParcels(from: hill)
        for county in [east, west] {
            for period in periods { try await county.closeNow(period) }
        }
        try await city.take(from: hill)
        for county in [west, east] { try await city.take(from: county) }
        for period in periods { try await city.closeNow(period) }

        var sums: [[Int64]] = []
        for period in periods {
            var row: [Int64] = []
            for node in [east, west, city] { row.append(try await node.newest(period).total.published) }
            sums.append(row)
        }
        #expect(sums == [[5, 0, 5], [0, 7, 7], [0, 12, 12]])
        #expect(try await east.newest("2026-11-21").missing == [SampleRegion.vale])
        #expect(try await west.newest("2026-11-21").missing == [SampleRegion.dale])
        #expect(try await east.newest("2026-11-22").missing == [SampleRegion.vale])
        let held = try await city.ledger.read { sql in try sql.row("SELECT COUNT(*) FROM held", [])?.integer(0) }
        #expect(held == 0)
    }

    @Test func onlyAPeriodOfAnotherParentIsGranted() async throws {
        let region = try SampleRegion(
            now: "2026-11-23T10:00:00+08:00", moving: (SampleRegion.hill, try WallTime(text: "2026-11-22")))
        let hill = try await region.open(SampleRegion.hill)
        try await hill.closeNow("2026-11-22")
        let none = try await hill.ledger.read { sql in try Parcels.waiting(limit: 10, in: sql) }
        #expect(none.isEmpty)
        try await hill.closeNow("2026-11-21")
        let one = try await hill.ledger.read { sql in try Parcels.waiting(limit: 10, in: sql) }
        #expect(one.map(\.recipient) == [SampleRegion.east])
    }
}
