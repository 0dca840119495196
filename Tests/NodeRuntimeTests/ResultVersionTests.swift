import Effects
import Ledgers
import Recognition
import Regions
import ServiceKit
import Testing
import YilianTestKit

/// Through one township, its county and the city, as another county sees it.
@Suite("Versions of a result, from the laboratory to another county", .serialized)
struct ResultVersionTests {
    private func run(_ body: @Sendable (TestRegion, TestNode, TestNode) async throws -> Void) async throws {
        try await TestRegion.run(.small) { region in
            try await body(region, region.node("jucheng"), region.node("yuxian"))
            for node in region.allNodes { #expect(try await node.verifyLedger() == []) }
        }
    }

    @Test("another service under one number is another result, whatever came first")
    func oneNumberTwoServices() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Sent(service: "CBC", lines: [("1", "6690-2", "15.5", "F")]))
            let second = try await sender.send(Sent(service: "CRP", issued: 30, lines: [("1", "1988-5", "86.2", "F")]))
            #expect(second.map(\.word) == ["accepted"])
            try await region.waitUntilAcknowledged()
            let found = try await reader.results()
            #expect(Set(found.answer.summaries.map(\.fields.service.code)) == ["CBC", "CRP"])
        }
    }

    @Test("of one service under one number the collection time decides; where it does not, the report is refused")
    func oneServiceTwoTimes() async throws {
        try await run { region, sender, reader in
            let glucose: (String, Int, String, ReportStatus) -> Sent = { time, issued, value, status in
                Sent(
                    service: "GLU", status: status, issued: issued, collected: time, lines: [("1", "GLU", value, "F")])
            }
            _ = try await sender.send(
                glucose("20260328080000", 0, "5.1", .final), glucose("20260328100000", 0, "9.8", .final))
            let third = try await sender.send(glucose("20260328110000", 5, "7.0", .corrected))
            #expect(third.first?.notices.map(\.code) == [.otherTime])
            let again = try await sender.send(glucose("20260328100000", 9, "9.9", .corrected))
            #expect(again.map(\.word) == ["newVersion"])
            await #expect(throws: Failure("recognition.ambiguous", "")) {
                var undated = glucose("", 10, "1", .corrected)
                undated.collected = nil
                return try await sender.send(undated)
            }
            await #expect(throws: Failure("recognition.otherTime", "")) {
                try await sender.send(glucose("20260328120000", 10, "", .void))
            }
            try await region.waitUntilAcknowledged()
            let found = try await reader.results()
            var values: [String] = []
            for summary in found.answer.summaries {
                let opened = try await reader.recognition.open(summary.entry, statement: found.statement)
                values += opened.content.observations.map(\.value)
            }
            #expect(values.sorted() == ["5.1", "7.0", "9.9"])
        }
    }

    @Test("without a number nothing is overwritten, the very same report is known again, and a withdrawal is refused")
    func noNumber() async throws {
        try await run { region, sender, reader in
            let first = Sent(number: nil, lines: [("1", "6690-2", "15.5", "F")])
            let second = Sent(number: nil, issued: 20, lines: [("1", "6690-2", "5.5", "F")])
            let outcomes = [try await sender.send(first), try await sender.send(second), try await sender.send(first)]
            #expect(outcomes.flatMap { $0.map(\.word) } == ["accepted", "accepted", "duplicate"])
            await #expect(throws: Failure("recognition.noOrderNumber", "")) {
                try await sender.send(Sent(number: nil, status: .void))
            }
            try await region.waitUntilAcknowledged()
            #expect(try await reader.results().answer.summaries.count == 2)
        }
    }

    @Test("what comes from training never takes a production result's place, nor withdraws it, nor is it taken for it")
    func training() async throws {
        try await run { region, sender, reader in
            let real = Sent(lines: [("1", "K", "6.8", "F")])
            var same = real
            same.isProduction = false
            // The same content in training first: the production result is one all the same.
            #expect(try await sender.send(same).map(\.word) == ["accepted"])
            #expect(try await sender.send(real).map(\.word) == ["accepted"])
            let other = Sent(
                status: .corrected, issued: 30, lines: [("1", "K", "1.1", "C")], isProduction: false)
            _ = try await sender.send(other)
            _ = try await sender.send(Sent(status: .void, issued: 40, isProduction: false))
            try await region.waitUntilAcknowledged()
            let found = try await reader.results()
            let standing = found.answer.summaries.filter { !$0.isVoid && $0.fields.isProduction }
            #expect(standing.count == 1 && found.answer.summaries.count == 2)
            let opened = try await reader.recognition.open(
                try #require(standing.first).entry, statement: found.statement)
            #expect(opened.content.observations.map(\.value) == ["6.8"])
        }
    }

    @Test("a value, another one and the first again, all of one time: the last one said stands, and its sender is told")
    func again() async throws {
        try await run { region, sender, reader in
            let (first, second) = (
                Sent(lines: [("1", "K", "6.8", "F"), ("2", "NA", "140", "F")]), Sent(lines: [("1", "K", "4.1", "F")])
            )
            for (report, value) in [(first, "6.8"), (second, "4.1"), (first, "6.8"), (second, "4.1")] {
                let outcome = try await sender.send(report)
                #expect(outcome.first?.word != "duplicate")
                try await region.waitUntilAcknowledged()
                #expect(try await reader.lines() == ["K=" + value, "NA=140"])
            }
            #expect(try await sender.send(second).map(\.word) == ["duplicate"])
            #expect(try await sender.send(first).first?.notices.map(\.code) == [.again])
            // What was issued before stays where it is; its sender is told that something else stands.
            _ = try await sender.send(Sent(issued: 30, lines: [("1", "K", "5.0", "F")]))
            let late = try await sender.send(first)
            #expect(late.map(\.word) == ["duplicate"] && late.first?.notices.map(\.code) == [.older])
        }
    }

    @Test("a preliminary that arrives after the final is kept in the history, and its sender is told")
    func latePreliminary() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Sent(issued: 30, lines: [("1", "K", "6.8", "F")]))
            let late = try await sender.send(Sent(status: .preliminary, issued: 10, lines: [("1", "K", "4.1", "P")]))
            #expect(late.first?.notices.map(\.code) == [.older])
            try await region.waitUntilAcknowledged()
            #expect(try await reader.lines() == ["K=6.8"])
            #expect(try await region.node("pingding").lines() == ["K=6.8"])
            #expect(try await sender.history() == ["2 preliminary", "1 final"])
        }
    }

    @Test("a later final lifts a void, a preliminary does not, and each sender is told")
    func liftedVoid() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Sent(status: .void, issued: 0))
            let open = try await sender.send(Sent(status: .preliminary, issued: 5, lines: [("1", "K", "6", "P")]))
            #expect(open.first?.notices.map(\.code) == [.intoVoid] && open.first?.isVoid == true)
            let final = try await sender.send(Sent(issued: 10, lines: [("1", "K", "6.8", "F")]))
            #expect(final.first?.notices.map(\.code) == [.lifted] && final.first?.isVoid == false)
            try await region.waitUntilAcknowledged()
            #expect(try await reader.lines() == ["K=6.8"])
            #expect(try await reader.results().answer.summaries.map(\.isVoid) == [false])
            #expect(try await sender.history() == ["1 void void", "2 preliminary", "3 final"])
        }
    }

    @Test("a status alone, a correction of one line, a withdrawn line: the others stay")
    func lines() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Sent(issued: 0, lines: [("1", "WBC", "15.5", "F"), ("2", "HGB", "98", "F")]))
            _ = try await sender.send(Sent(issued: 10))
            try await region.waitUntilAcknowledged()
            #expect(try await reader.lines() == ["WBC=15.5", "HGB=98"])
            _ = try await sender.send(Sent(status: .corrected, issued: 20, lines: [("2", "HGB", "128", "C")]))
            try await region.waitUntilAcknowledged()
            #expect(try await reader.lines() == ["WBC=15.5", "HGB=128"])
            _ = try await sender.send(Sent(status: .corrected, issued: 30, lines: [("2", "HGB", "128", "D")]))
            try await region.waitUntilAcknowledged()
            #expect(try await reader.lines() == ["WBC=15.5"])
            let found = try await reader.results()
            #expect(found.answer.summaries.map(\.isVoid) == [false])
            #expect(found.answer.summaries.map(\.fields.observationCount) == [1])
            // What came before is a repetition, not news.
            let again = try await sender.send(Sent(status: .corrected, issued: 20, lines: [("2", "HGB", "128", "C")]))
            #expect(again.map(\.word) == ["duplicate"])
        }
    }

    @Test("the correction of one line may come before the report that it corrects: both are in what stands")
    func correctionFirst() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Sent(status: .corrected, issued: 30, lines: [("2", "HGB", "128", "C")]))
            let late = try await sender.send(
                Sent(issued: 0, lines: [("1", "WBC", "15.5", "F"), ("2", "HGB", "98", "F")]))
            #expect(late.first?.notices.map(\.code) == [.older])
            try await region.waitUntilAcknowledged()
            #expect(try await reader.lines() == ["WBC=15.5", "HGB=128"])
        }
    }

    @Test("a withdrawn conclusion is withdrawn")
    func conclusion() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Sent(lines: [("1", "GDT", "1", "F")], conclusion: ("右上肺占位", "F")))
            _ = try await sender.send(Sent(status: .corrected, issued: 9, conclusion: ("右上肺占位", "W")))
            try await region.waitUntilAcknowledged()
            let content = try await reader.content()
            #expect(content.conclusion == nil && content.conclusions.count == 1)
            #expect(content.standingObservations.count == 1)
        }
    }

    @Test("an empty report of a system that sends the whole hides nothing, and its sender is told")
    func emptier() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Sent(lines: [("1", "K", "6.8", "F")], format: .fhir))
            let empty = try await sender.send(Sent(status: .corrected, issued: 9, format: .fhir))
            #expect(empty.first?.notices.map(\.code) == [.emptier])
            try await region.waitUntilAcknowledged()
            #expect(try await reader.lines() == ["K=6.8"])
        }
    }

    @Test("a result that moves to another patient is found under the new number, and no longer under the old one")
    func moved() async throws {
        try await run { region, sender, reader in
            let (old, new, record) = (
                PatientIdentifier(type: "HC", authority: "CARDS", value: "C-1"),
                PatientIdentifier(type: "HC", authority: "CARDS", value: "C-2"), Sent().patient
            )
            _ = try await sender.send(Sent(lines: [("1", "K", "6.8", "F")], patient: old, others: [record]))
            let moved = try await sender.send(
                Sent(status: .corrected, issued: 5, lines: [("1", "K", "6.8", "C")], patient: new, others: [record]))
            #expect(moved.first?.notices.map(\.code) == [.fewerIdentifiers] && moved.first?.version == 2)
            try await region.waitUntilAcknowledged()
            #expect(try await reader.lines(of: new) == ["K=6.8"])
            #expect(try await reader.results(of: old).answer.summaries == [])
        }
    }

    @Test("any order of arrival gives the same lines at the other end")
    func anyArrival() async throws {
        let steps = [
            Sent(status: .preliminary, issued: 1, lines: [("1", "K", "4.1", "P"), ("2", "NA", "139", "P")]),
            Sent(issued: 2, lines: [("1", "K", "4.2", "F"), ("2", "NA", "140", "F"), ("3", "CL", "101", "F")]),
            Sent(status: .corrected, issued: 3, lines: [("1", "K", "5.2", "C")]),
            Sent(status: .corrected, issued: 4, lines: [("3", "CL", "101", "D")]),
        ]
        try await run { region, sender, reader in
            var number = 0
            let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1], [3, 0, 2, 1], [1, 2, 3, 0]]
            for order in orders {
                number += 1
                let patient = PatientIdentifier(type: "MR", authority: "HUNT", value: "HN\(number)")
                for place in order {
                    var step = steps[place]
                    step.patient = patient
                    step.number = "F\(number)"
                    _ = try await sender.send(step)
                }
                try await region.waitUntilAcknowledged()
                #expect(Set(try await reader.lines(of: patient)) == ["K=5.2", "NA=140"], "\(order)")
            }
        }
    }

    @Test("a fold made anew gives the same versions")
    func refold() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Sent(status: .corrected, issued: 30, lines: [("2", "HGB", "128", "C")]))
            _ = try await sender.send(Sent(issued: 0, lines: [("1", "WBC", "15.5", "F"), ("2", "HGB", "98", "F")]))
            _ = try await sender.send(Sent(status: .void, issued: 40))
            _ = try await sender.send(Sent(issued: 50, lines: [("1", "WBC", "7.5", "F")]))
            try await region.waitUntilAcknowledged()
            let before = try await reader.results().answer.summaries.map(\.entry)
            for node in region.allNodes { _ = try await node.node.context.ledger.refold() }
            #expect(try await reader.results().answer.summaries.map(\.entry) == before)
            #expect(try await reader.lines() == ["WBC=7.5"])
        }
    }
}

@Suite("Numbers without an issuer, and place-holders", .serialized)
struct BareNumberTests {
    private static let bare = PatientIdentifier(type: "PI", authority: "", value: "880141")

    @Test("a bare number counts within the institution that sent it, and joins nobody elsewhere")
    func bareNumber() async throws {
        try await TestRegion.run(.small) { region in
            let (one, other) = (try region.node("jucheng"), try region.node("yuxian"))
            _ = try await one.send(Sent(service: "K", lines: [("1", "K", "6.8", "F")], patient: Self.bare))
            _ = try await other.send(Sent(service: "GLU", lines: [("1", "GLU", "5.1", "F")], patient: Self.bare))
            try await region.waitUntilAcknowledged()
            #expect(try await one.results(of: Self.bare).answer.summaries.map(\.fields.service.code) == ["K"])
            #expect(try await other.results(of: Self.bare).answer.summaries.map(\.fields.service.code) == ["GLU"])
            #expect(try await region.node("shi").results(of: Self.bare).answer.summaries == [])
        }
    }

    @Test("an authority that a message makes up does not open another house's numbers")
    func forgedHouse() async throws {
        try await TestRegion.run(.small) { region in
            let (one, other) = (try region.node("jucheng"), try region.node("yuxian"))
            _ = try await one.send(Sent(lines: [("1", "K", "6.8", "F")], patient: Self.bare))
            try await region.waitUntilAcknowledged()
            let forged = PatientIdentifier(type: "PI", authority: "\u{0}house jucheng", value: "880141")
            #expect(try await other.results(of: forged).answer.summaries == [])
        }
    }

    @Test("a place-holder beside a number is passed over, alone it is refused, and nobody is looked for by it")
    func placeholders() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            let nobody = PatientIdentifier(type: "MR", authority: "HUNT", value: "999999")
            await #expect(throws: Failure("patient.emptyIdentifier", "")) {
                try await node.send(Sent(lines: [("1", "K", "6.8", "F")], patient: nobody))
            }
            let taken = try await node.send(Sent(lines: [("1", "K", "6.8", "F")], others: [nobody]))
            #expect(taken.first?.notices.map(\.code) == [.placeholder])
            await #expect(throws: Failure("patient.emptyIdentifier", "")) { try await node.results(of: nobody) }
            #expect(try await node.lines() == ["K=6.8"])
        }
    }
}
