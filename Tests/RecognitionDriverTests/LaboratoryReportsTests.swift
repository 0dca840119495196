import Recognition
import Testing

@testable import RecognitionDriver

@Suite("The reports that are measured")
struct LaboratoryReportsTests {
    private let reports = LaboratoryReports(seed: 7, itemCount: 10)

    @Test("differ from one another and are the same for the same seed")
    func distinct() throws {
        let payloads = try (0..<2_000).map { try reports.submission($0).content.wireBytes() }
        #expect(Set(payloads).count == payloads.count)
        let again = LaboratoryReports(seed: 7, itemCount: 10)
        #expect(try again.submission(1_234).content.wireBytes() == payloads[1_234])
        let other = LaboratoryReports(seed: 8, itemCount: 10)
        #expect(try other.submission(1_234).content.wireBytes() != payloads[1_234])
    }

    @Test("have ten items with value, unit and range, and are about as long as a laboratory's")
    func content() throws {
        for position in 0..<200 {
            let content = reports.submission(position).content
            #expect(content.observations.count == 10)
            #expect(content.observations.allSatisfy { !$0.value.isEmpty && $0.referenceRange?.isEmpty == false })
            #expect(try content.wireBytes().count > 700)
        }
    }

    @Test("flag what lies outside its range, and some do")
    func flags() {
        let flagged = (0..<500).flatMap { reports.submission($0).content.observations }.count { !$0.flags.isEmpty }
        #expect((100...2_000).contains(flagged))
    }

    @Test("give each person three reports under one identifier, with a right check digit")
    func persons() throws {
        #expect(reports.identifier(3) == reports.identifier(5))
        #expect(reports.identifier(5) != reports.identifier(6))
        let numbers = (0..<30_000).filter { $0 % 3 == 0 }.map { reports.identifier($0).value }
        #expect(Set(numbers).count == numbers.count)
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1]
        for number in numbers.prefix(500) {
            let digits = number.utf8.map { $0 == 88 ? 10 : Int($0) - 48 }
            #expect(digits.count == 18 && zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11 == 1)
        }
    }
}
