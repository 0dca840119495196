import Calls
import Effects
import Recognition
import RecognitionTestKit
import Regions
import Testing
import Trust
import YilianTestKit

@testable import ServiceKit

@Suite("How many persons may be looked up", .serialized)
struct AccessRateTests {
    /// A look of somebody at somebody whom nobody else asked for.
    private static func statement(
        _ person: Int, by practitioner: String = "dr-li", system: String = "his",
        edit: (inout AccessStatement) -> Void = { _ in }
    ) throws -> AccessStatement {
        var statement = try SignedAccessStatement.sample.statement
        let secret = PatientKeySecret(epoch: 0, suite: .ed25519, random: SeededRandom(seed: 7))
        let key = try secret.patientKey(type: "MR", authority: "H", value: "made-up-\(person)")
        (statement.asking.practitioner, statement.asking.system) = (practitioner, system)
        statement.patientKeys = [PatientKeyReference(epoch: 0, key: key)]
        edit(&statement)
        return statement
    }

    private static func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? Failure)?.code.rawValue ?? (error as? TestFailure)?.code ?? "\(type(of: error))"
        }
    }

    /// Asks for so many made-up numbers, a hundred in a second.
    ///
    /// - Returns: how many were let in, and whose limits were passed first.
    private static func attack(
        _ meter: AccessMeter, _ time: ManualTime, count: Int = 3_000, practitioners: Int, systems: Int = 1
    ) throws -> (admitted: Int, alerts: [AccessMeter.Asker.Kind]) {
        let rates = AccessRates()
        var admitted = 0
        var alerts: [AccessMeter.Asker.Kind] = []
        for person in 0..<count {
            let verdict = meter.ask(
                try statement(person, by: "dr-\(person % practitioners)", system: "his-\(person % systems)"),
                rates: rates)
            alerts += verdict.opened.map(\.kind)
            if verdict.refused == nil { admitted += 1 }
            meter.missed(verdict.ticket, rates: rates)
            time.advance(milliseconds: 10)
        }
        return (admitted, alerts)
    }

    @Test(
        "3,000 made-up numbers in half a minute: sixty for a practitioner, six hundred for a system, and one alert each"
    )
    func madeUpNumbers() throws {
        let time = ManualTime()
        let one = try Self.attack(AccessMeter(time: time), time, practitioners: 1)
        #expect((60...64).contains(one.admitted) && one.alerts == [.practitioner], "\(one)")
        let token = try Self.attack(AccessMeter(time: time), time, practitioners: 3_000)
        #expect((600...640).contains(token.admitted) && token.alerts == [.system], "\(token)")
        let node = try Self.attack(AccessMeter(time: time), time, count: 9_000, practitioners: 9_000, systems: 90)
        #expect((2_000...2_400).contains(node.admitted) && node.alerts == [.node], "\(node)")
    }

    @Test("a doctor with full hours is never refused, and patients at hand are answered whatever happens")
    func honest() throws {
        let time = ManualTime()
        let meter = AccessMeter(time: time)
        let rates = AccessRates()
        // Eight hours, a new patient every three minutes, each unknown everywhere and asked for twenty times.
        for patient in 0..<160 {
            for _ in 0..<20 {
                let verdict = meter.ask(try Self.statement(patient), rates: rates)
                #expect(verdict.refused == nil && verdict.opened.isEmpty)
                meter.missed(verdict.ticket, rates: rates)
                time.advance(milliseconds: 9_000)
            }
        }
        for stranger in 1_000..<2_000 {
            meter.missed(meter.ask(try Self.statement(stranger), rates: rates).ticket, rates: rates)
        }
        #expect(meter.ask(try Self.statement(3_000), rates: rates).refused?.kind == .practitioner)
        #expect(meter.ask(try Self.statement(159), rates: rates).refused == nil)
    }

    @Test("one question with many made-up numbers costs as many, and what was asked before costs nothing")
    func severalNumbers() throws {
        let meter = AccessMeter(time: ManualTime())
        let rates = AccessRates(practitioner: 10, miss: 1)
        let all = try (0..<12).map { try Self.statement($0).patientKeys[0] }
        #expect(meter.ask(try Self.statement(0) { $0.patientKeys = Array(all[..<9]) }, rates: rates).refused == nil)
        #expect(meter.ask(try Self.statement(0) { $0.patientKeys = Array(all[..<9]) }, rates: rates).refused == nil)
        #expect(meter.ask(try Self.statement(0) { $0.patientKeys = Array(all[8..<11]) }, rates: rates).refused != nil)
        #expect(meter.ask(try Self.statement(0) { $0.patientKeys = Array(all[8..<10]) }, rates: rates).refused == nil)
    }

    @Test("an emergency may pass the limit once more, and the alert opens all the same")
    func emergency() throws {
        let meter = AccessMeter(time: ManualTime())
        let rates = AccessRates(practitioner: 10, miss: 1)
        func ask(_ person: Int) throws -> AccessMeter.Verdict {
            meter.ask(try Self.statement(person) { $0.asking.purpose = .emergency }, rates: rates)
        }
        for person in 0..<10 { #expect(try ask(person).opened.isEmpty) }
        let over = try ask(10)
        #expect(over.opened.map(\.kind) == [.practitioner] && over.refused == nil)
        for person in 11..<20 { #expect(try ask(person).refused == nil) }
        #expect(try ask(20).refused != nil)
    }

    @Test("an alert opens once until its asker has kept quiet for ten minutes, and says since when")
    func spells() throws {
        let time = ManualTime()
        let meter = AccessMeter(time: time)
        let rates = AccessRates(practitioner: 5, miss: 1)
        var person = 0
        func opened() throws -> Int {
            person += 1
            return meter.ask(try Self.statement(person), rates: rates).opened.count
        }
        for _ in 0..<5 { #expect(try opened() == 0) }
        let began = time.wallTime
        #expect(try opened() == 1)
        for _ in 0..<200 {
            #expect(try opened() == 0)
            time.advance(milliseconds: 30_000)
        }
        #expect(meter.spells.map(\.since) == [began])
        #expect(meter.spells.first?.asker.description.contains("dr-li") == true)
        time.advance(milliseconds: 601_000)
        #expect(meter.spells.isEmpty)
        for _ in 0..<5 { #expect(try opened() == 0) }
        #expect(try opened() == 1)
    }

    @Test("so many practitioners as somebody makes up, so few are remembered, and the node's count stays")
    func bounded() throws {
        let time = ManualTime()
        let meter = AccessMeter(time: time)
        _ = try Self.attack(meter, time, count: 20_000, practitioners: 20_000, systems: 20_000)
        #expect(meter.askers <= 4_096)
        #expect(meter.spells.map(\.asker.kind).contains(.node))
    }

    @Test(
        "a node that does not count is counted by its county and city: refused, one alert with who and when, others served"
    )
    func hostileNode() async throws {
        try await TestRegion.run(.small) { region in
            try await region.publishConfiguration {
                $0.access.rates = AccessRates(practitioner: 20, system: 20, node: 40, miss: 5)
            }
            try await region.waitUntilConfigured()
            try await region.node("yuxian").publish(TestReport("Y-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let hostile = try region.node("jucheng")
            let context = try hostile.node.context
            let county = try DeskInterface.recognition.at(NodeID("pingding"), context.system)
            var answered = 0
            var refusals: [String] = []
            for number in 0..<60 {
                let person = PatientIdentifier(type: "MR", authority: "H", value: "made-up-\(number)")
                let asking = Asking(
                    practitioner: "dr-\(number)", organizationUnit: "clinic", purpose: .treatment,
                    order: "O-\(number)", system: "his-\(number)")
                let statement = try context.sign(asking, about: [person], question: "recognition.find")
                let code = await Self.code {
                    _ = try await county.find(
                        FindRequest(patientKeys: statement.statement.patientKeys, statement: statement, limit: 10))
                }
                if let code { refusals.append(code) } else { answered += 1 }
            }
            #expect((8...10).contains(answered), "\(answered)")
            #expect(Set(refusals) == ["access.tooMany"])
            let records = try await region.node("pingding").accessRecords()
            let alerts = records.filter { $0.outcome == "alert" }
            #expect(alerts.map(\.action) == ["access.alert.node"])
            #expect(alerts.map(\.caller) == ["jucheng"] && alerts.first?.practitioner.hasPrefix("dr-") == true)
            #expect(try region.node("pingding").node.context.meter.spells.map(\.asker.node.rawValue) == ["jucheng"])
            // The county's own doctors ask as before.
            let found = try await region.node("pingding").find(People.wang)
            #expect(found.results.count == 1 && found.unreached.isEmpty)
        }
    }

    @Test("a doctor who asks for too many is refused at home; who was found before is still found and opened")
    func atHome() async throws {
        try await TestRegion.run(.small) { region in
            try await region.publishConfiguration { $0.access.rates = AccessRates(practitioner: 10, miss: 5) }
            try await region.waitUntilConfigured()
            let node = try region.node("jucheng")
            try await node.publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            #expect(try await node.find(People.wang).results.count == 1)
            var codes: [String?] = []
            for number in 100..<104 {
                codes.append(await Self.code { _ = try await node.find(People.patient(number)) })
            }
            #expect(codes == [nil, nil, "access.tooMany", "access.tooMany"])
            let result = try #require(try await node.find(People.wang).results.first)
            _ = try await node.open(result)
            #expect(try await node.find(People.li, by: TestInquirer("another doctor")).unreached.isEmpty)
            let alerts = try await node.accessRecords().filter { $0.outcome == "alert" }
            #expect(alerts.map(\.practitioner) == ["doctor"] && alerts.map(\.answered) == [0])
        }
    }
}
