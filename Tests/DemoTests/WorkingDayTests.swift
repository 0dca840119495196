import Demo
import Effects
import Testing

@Suite("A generated working day")
struct WorkingDayTests {
    @Test func sameSeedGivesSameBytes() {
        let again = WorkingDay(seed: 1, day: DayFixture.date)
        for node in again.nodes {
            #expect(Array(again.messages(for: node)) == Array(DayFixture.seedOne.messages(for: node)))
        }
    }

    @Test func anotherSeedGivesOtherPatientsAndValues() {
        let other = WorkingDay(seed: 2, day: DayFixture.date)
        let bytes = Set(DayFixture.seedOne.messages(for: "jucheng").map(\.bytes))
        #expect(other.messages(for: "jucheng").allSatisfy { !bytes.contains($0.bytes) })
    }

    @Test func aNodeAloneSendsWhatItSendsAmongAll() {
        let alone = WorkingDay(seed: 1, day: DayFixture.date, kinds: [.laboratory])
        let laboratory = DayFixture.seedOne.messages(for: "xiyan").filter { $0.kind == .laboratory }
        #expect(Array(alone.messages(for: "xiyan")) == laboratory)
        #expect(alone.expected.reports[.imaging] == nil)
    }

    @Test func anUnknownNodeSendsNothing() {
        #expect(Array(DayFixture.seedOne.messages(for: "nowhere")).isEmpty)
        #expect(DayFixture.seedOne.expected(for: "nowhere") == ExpectedCounts())
    }

    @Test func volumesFollowFromVisitsAndResidents() {
        // The rounded figures of the domain findings, §6.2, by the counties' share of Yangquan's residents.
        let share = Double(303_592 + 279_151) / 1_311_061
        let reports = DayFixture.seedOne.expected.reports
        for (kind, figure) in [(ReportKind.laboratory, 8700.0), (.imaging, 3600.0), (.ecg, 1700.0)] {
            let count = Double(reports[kind] ?? 0)
            #expect(abs(count - figure * share) / (figure * share) < 0.01, "\(kind)")
        }
    }

    @Test func mostReportsComeFromTheHospitals() {
        for county in DemoCounty.allCases {
            let hospital = DemoInstitution.all.filter { $0.county == county && $0.isHospital }
            let townships = DemoInstitution.all.filter { $0.county == county && !$0.isHospital }
            #expect(hospital.count == 1)
            #expect(townships.count == 2)
            let reports = { (list: [DemoInstitution]) in
                list.reduce(0) { $0 + DayFixture.seedOne.expected(for: $1.node).reportCount }
            }
            #expect(reports(hospital) > 8 * reports(townships))
            #expect(reports(townships) > 100)
            for kind in ReportKind.allCases {
                let volume = DailyVolume(kind, residents: county.residents)
                let split = (hospital + townships).reduce(0) { $0 + DailyVolume.reports(kind, of: $1) }
                #expect(split == volume.total)
            }
        }
    }

    @Test func expectedCountsAreThoseOfTheMessages() {
        for node in DayFixture.seedOne.nodes {
            let messages = DayFixture.messages.filter { $0.node == node }
            let expected = DayFixture.seedOne.expected(for: node)
            #expect(messages.count == expected.messages)
            #expect(Set(messages.map(\.bytes)).count == expected.versions)
            #expect(messages.count { $0.isRepeat } == expected.repeats)
            #expect(messages.count { $0.version == .void && !$0.isRepeat } == expected.voids)
            #expect(messages.count { $0.version == .corrected && !$0.isRepeat } == expected.corrections)
            #expect(messages.count { $0.version == .preliminary } == expected.preliminaries)
            #expect(Set(messages.map(\.orderNumber)).count == expected.reportCount)
            #expect(messages.count { $0.format == .fhir } == expected.fhirMessages)
            #expect(expected.versions + expected.repeats == expected.messages)
        }
    }

    @Test func sharesOfVersionsAreThoseThatAreSaid() {
        let expected = DayFixture.seedOne.expected
        let reports = Double(expected.reportCount)
        #expect((0.04...0.06).contains(Double(expected.preliminaries) / reports))
        #expect((0.014...0.026).contains(Double(expected.corrections) / reports))
        #expect((0.003...0.008).contains(Double(expected.voids) / reports))
        #expect((0.006...0.014).contains(Double(expected.repeats) / reports))
        #expect((0.07...0.10).contains(Double(expected.fhirMessages) / Double(expected.messages)))
    }

    @Test func messagesAreInTheOrderOfTheDay() {
        for node in DayFixture.seedOne.nodes {
            let messages = Array(DayFixture.seedOne.messages(for: node))
            #expect(zip(messages, messages.dropFirst()).allSatisfy { $0.time <= $1.time })
            #expect(
                messages.allSatisfy {
                    let civil = CivilDateTime($0.time, offsetMinutes: 480)
                    return civil.date == DayFixture.date.date
                })
        }
    }

    @Test func versionsOfAReportComeInTheirOrder() {
        let order: [ReportVersion] = [.preliminary, .final, .corrected, .void]
        let byReport = Dictionary(grouping: DayFixture.messages) { $0.node + " " + $0.orderNumber }
        for messages in byReport.values {
            let positions = messages.map { order.firstIndex(of: $0.version) ?? -1 }
            #expect(positions == positions.sorted())
        }
    }

    @Test func aRepeatIsTheLastVersionAgain() {
        var sent: [String: GeneratedMessage] = [:]
        for message in DayFixture.messages {
            let key = message.node + " " + message.orderNumber
            if message.isRepeat {
                #expect(sent[key]?.bytes == message.bytes)
                #expect(sent[key]?.messageID == message.messageID)
            }
            sent[key] = message
        }
    }

    @Test func messageIdentifiersAreUniqueAndShortEnoughForVersion23() {
        let originals = DayFixture.messages.filter { !$0.isRepeat }
        #expect(Set(originals.map(\.messageID)).count == originals.count)
        #expect(originals.allSatisfy { $0.messageID.utf8.count <= 20 })
    }
}
