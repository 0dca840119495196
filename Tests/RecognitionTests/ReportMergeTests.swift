import Effects
import Testing

@testable import Recognition

@Suite("An update is not a replacement") struct ReportMergeTests {
    private static func line(
        _ setID: String, _ code: String, _ value: String, _ status: String = "F", sub: String? = nil,
        type: String = "NM"
    ) -> ReportedObservation {
        ReportedObservation(
            setID: setID, code: Coding(codes: [.init(code: code)]), subID: sub, valueType: type, value: value,
            status: status)
    }

    private static func report(
        _ status: ReportStatus = .final, _ lines: [ReportedObservation] = [], conclusions: [ReportedObservation] = [],
        documents: [ReportAttachment] = [], issued: String? = "20261128101500"
    ) -> ReportContent {
        ReportContent(
            institution: "lake-hospital",
            patient: PatientDemographics(identifiers: [.init(type: "MR", authority: "H", value: "7")], name: "测试"),
            fillerOrderNumber: "F1", service: Coding(codes: [.init(code: "CBC")]), status: status,
            category: .laboratory, issuedTime: issued, observations: lines, conclusions: conclusions,
            attachments: documents)
    }

    private static func document(_ title: String, _ bytes: [UInt8], status: String = "F") -> ReportAttachment {
        ReportAttachment(
            contentType: "application/pdf", title: title, bytes: bytes,
            code: Coding(codes: [.init(code: title)]), status: status)
    }

    private static let blood = report(.final, [line("1", "WBC", "15.5"), line("2", "HGB", "98")])

    private func merged(
        _ base: ReportContent, _ update: ReportContent, _ completeness: ReportSubmission.Completeness = .lines
    ) -> ReportContent {
        ReportMerge(onto: base).merged(update, completeness).content
    }

    private func values(_ content: ReportContent) -> [String] {
        content.observations.map { "\($0.code.code)=\($0.value) \($0.status)" }
    }

    @Test("a report of nothing but its status keeps the lines, and makes open ones final")
    func statusOnly() {
        let now = merged(Self.blood, Self.report(.final, issued: "20261128120000"))
        #expect(values(now) == ["WBC=15.5 F", "HGB=98 F"])
        #expect(now.issuedTime == "20261128120000")
        let open = Self.report(.preliminary, [Self.line("1", "WBC", "15.5", "P")])
        #expect(values(merged(open, Self.report(.final))) == ["WBC=15.5 F"])
        #expect(values(merged(open, Self.report(.preliminary))) == ["WBC=15.5 P"])
        // Also where the message says when the specimen came, or has a note.
        var noted = Self.report(.final)
        noted.details = [ReportDetail(name: "specimen.receivedTime", value: "20261128090000")]
        noted.notes = ["已审核"]
        let final = merged(open, noted)
        #expect(values(final) == ["WBC=15.5 F"] && final.notes == ["已审核"] && final.details == noted.details)
    }

    @Test("a correction of one line keeps the others")
    func correction() {
        let now = merged(Self.blood, Self.report(.corrected, [Self.line("2", "HGB", "128", "C")]))
        #expect(values(now) == ["WBC=15.5 F", "HGB=128 C"])
        #expect(now.status == .corrected)
        // Whatever number the laboratory gives the line this time.
        #expect(values(merged(Self.blood, Self.report(.corrected, [Self.line("1", "HGB", "128", "C")]))) == values(now))
    }

    @Test("D, X and W take their own line back, with or without its value; a later value stands again")
    func withdrawn() {
        for letter in ["D", "X", "W"] {
            for value in ["98", ""] {
                let now = merged(Self.blood, Self.report(.corrected, [Self.line("2", "HGB", value, letter)]))
                #expect(values(now) == ["WBC=15.5 F", "HGB=98 \(letter)"])
                #expect(now.standingObservations.map(\.code.code) == ["WBC"])
                #expect(values(merged(now, Self.report(.final))) == ["WBC=15.5 F", "HGB=98 \(letter)"])
                let again = merged(now, Self.report(.corrected, [Self.line("2", "HGB", "101", "C")]))
                #expect(again.standingObservations.map(\.value) == ["15.5", "101"])
            }
        }
    }

    @Test("a line without a value says how far the line is, and never empties it")
    func statusOfALine() {
        let open = Self.report(.preliminary, [Self.line("1", "K", "4.1", "P")])
        #expect(values(merged(open, Self.report(.final, [Self.line("1", "K", "", "F")]))) == ["K=4.1 F"])
        #expect(values(merged(open, Self.report(.final, [Self.line("1", "K", "", "U")]))) == ["K=4.1 F"])
        let final = Self.report(.final, [Self.line("1", "K", "4.1")])
        for letter in ["I", "R", "S", "O", "N", "P", ""] {
            #expect(values(merged(final, Self.report(.final, [Self.line("1", "K", "", letter)]))) == ["K=4.1 F"])
        }
    }

    @Test("lines of one code are told apart by sub-id, else by number, else they stand or go together")
    func repeated() {
        let organisms = Self.report(
            .final,
            [
                Self.line("1", "600-7", "大肠埃希菌", sub: "1", type: "CWE"),
                Self.line("2", "600-7", "金黄色葡萄球菌", sub: "2", type: "CWE"),
            ])
        let second = merged(
            organisms, Self.report(.corrected, [Self.line("9", "600-7", "表皮葡萄球菌", "C", sub: "2", type: "CWE")]))
        #expect(second.observations.map(\.value) == ["大肠埃希菌", "表皮葡萄球菌"])

        let curve = Self.report(
            .final, [Self.line("1", "GLU", "5"), Self.line("2", "GLU", "9"), Self.line("3", "GLU", "7")])
        let corrected = merged(curve, Self.report(.corrected, [Self.line("2", "GLU", "8", "C")]))
        #expect(corrected.observations.map(\.value) == ["5", "8", "7"])
        let deleted = merged(curve, Self.report(.corrected, [Self.line("", "GLU", "", "D")]))
        #expect(deleted.standingObservations.isEmpty && deleted.observations.count == 3)

        let text = Self.report(.final, (1...3).map { Self.line("\($0)", "GDT", "第\($0)行", type: "TX") })
        let shorter = merged(text, Self.report(.corrected, [Self.line("1", "GDT", "一行", "C", type: "TX")]))
        #expect(shorter.observations.map(\.value) == ["一行"])
        let longer = merged(
            text, Self.report(.corrected, (1...4).map { Self.line("\($0)", "GDT", "新\($0)", "C", type: "TX") }))
        #expect(longer.observations.map(\.value) == ["新1", "新2", "新3", "新4"])
    }

    @Test("lines of one code are told apart by their times where each has its own, whatever their numbers")
    func curve() {
        func line(_ number: Int, _ value: String, _ minute: String, _ status: String = "F") -> ReportedObservation {
            var line = Self.line("\(number)", "GLU", value, status)
            line.observedTime = "2026112808" + minute + "00"
            return line
        }
        let curve = Self.report(.final, [line(1, "5.0", "00"), line(2, "9.0", "30"), line(3, "8.0", "59")])
        let now = ReportMerge(onto: curve).merged(Self.report(.corrected, [line(1, "7.7", "59", "C")]), .lines)
        #expect(values(now.content) == ["GLU=5.0 F", "GLU=9.0 F", "GLU=7.7 C"] && now.notices.isEmpty)
        let more = merged(curve, Self.report(.final, [line(1, "6.1", "45")]))
        #expect(more.observations.map(\.value) == ["5.0", "9.0", "8.0", "6.1"])
        let back = merged(curve, Self.report(.corrected, [line(1, "", "30", "D")]))
        #expect(back.standingObservations.map(\.value) == ["5.0", "8.0"])
        // Without times the number decides, and the sender is told that nothing else did.
        let bare = Self.report(.final, (1...3).map { Self.line("\($0)", "GLU", "\($0)") })
        let guess = ReportMerge(onto: bare).merged(
            Self.report(.corrected, [Self.line("1", "GLU", "7", "C")]), .lines)
        #expect(guess.content.observations.map(\.value) == ["7", "2", "3"] && guess.notices == [.likeLines])
    }

    @Test("a value that is deleted is gone; a correction without a value leaves it, and the sender is told")
    func deletedValue() {
        var deleted = Self.line("1", "WBC", "", "C")
        deleted.details = [ReportDetail(name: "dataAbsentReason", value: "no value")]
        let gone = ReportMerge(onto: Self.blood).merged(Self.report(.corrected, [deleted]), .lines)
        #expect(values(gone.content) == ["WBC= C", "HGB=98 F"] && gone.notices.isEmpty)
        let kept = ReportMerge(onto: Self.blood).merged(
            Self.report(.corrected, [Self.line("1", "WBC", "", "C")]), .lines)
        #expect(values(kept.content) == ["WBC=15.5 C", "HGB=98 F"] && kept.notices == [.valueKept])
        // A text that is deleted is the conclusion that it was, and no line beside it.
        let impression = Self.line("2", "GDT&IMP", "右上肺占位", type: "TX")
        let imaging = Self.report(.final, [Self.line("1", "GDT", "清晰", type: "TX")], conclusions: [impression])
        deleted.code = impression.code
        let now = merged(imaging, Self.report(.corrected, [deleted]))
        #expect(now.conclusion == nil && now.conclusions.count == 1 && values(now) == ["GDT=清晰 F"])
    }

    @Test("conclusions and documents are withdrawn like lines, also where the line that does it has no value")
    func otherKinds() {
        let impression = Self.line("2", "GDT&IMP", "右上肺占位", type: "TX")
        let imaging = Self.report(
            .final, [Self.line("1", "GDT", "清晰", type: "TX")], conclusions: [impression],
            documents: [Self.document("PDF", [1, 2, 3])])
        #expect(imaging.conclusion == "右上肺占位")
        let update = Self.report(
            .corrected, [Self.line("2", "GDT&IMP", "", "W", type: "TX"), Self.line("3", "PDF", "", "D", type: "ED")])
        let now = merged(imaging, update)
        #expect(now.conclusion == nil && now.conclusions.map(\.status) == ["W"])
        #expect(now.standingAttachments.isEmpty && now.attachments.map(\.bytes) == [[1, 2, 3]])
        #expect(values(now) == ["GDT=清晰 F"])
        let replaced = merged(imaging, Self.report(.corrected, documents: [Self.document("PDF", [4], status: "C")]))
        #expect(replaced.attachments.map(\.bytes) == [[4]] && replaced.conclusion == "右上肺占位")
    }

    @Test("what a message does not say of the report stays: numbers, times, specimens, names")
    func silence() {
        var base = Self.blood
        (base.placerOrderNumber, base.observedTime, base.orderedBy) = ("P9", "20261128081500", "李医生")
        base.specimens = [Coding(codes: [.init(code: "BLD")])]
        base.details = [ReportDetail(name: "bodySite", value: "左")]
        let now = merged(base, Self.report(.corrected, [Self.line("2", "HGB", "128", "C")], issued: nil))
        #expect(now.placerOrderNumber == "P9" && now.observedTime == "20261128081500" && now.orderedBy == "李医生")
        #expect(now.issuedTime == "20261128101500" && now.specimens == base.specimens && now.details == base.details)
    }

    @Test("a whole report replaces, an empty one hides nothing, and the sender is told")
    func whole() {
        let one = Self.report(.corrected, [Self.line("1", "WBC", "15.6", "C")])
        let fewer = ReportMerge(onto: Self.blood).merged(one, .whole)
        #expect(fewer.content == one && fewer.notices == [.fewerLines])
        let empty = ReportMerge(onto: Self.blood).merged(Self.report(.final), .whole)
        #expect(values(empty.content) == ["WBC=15.5 F", "HGB=98 F"] && empty.notices == [.emptier])
        var visit = Self.report(.final)
        visit.details = [ReportDetail(name: "encounter", value: "门诊")]
        let kept = ReportMerge(onto: Self.blood).merged(visit, .whole)
        #expect(values(kept.content) == ["WBC=15.5 F", "HGB=98 F"] && kept.notices == [.emptier])
        #expect(kept.content.details == visit.details)
        #expect(ReportMerge(onto: Self.blood).merged(Self.blood, .whole).notices.isEmpty)
    }

    @Test("the same message twice changes nothing more, whatever it brings")
    func idempotent() {
        let random = SeededRandom(seed: 163)
        let letters = ["F", "C", "P", "D", "X", "W", "U", "", "I"]
        func lines() -> [ReportedObservation] {
            (0..<Int(random.number(below: 5))).map { number in
                Self.line(
                    "\(number + 1)", "T\(random.number(below: 3))",
                    random.number(below: 3) == 0 ? "" : "\(random.number(below: 100))",
                    letters[Int(random.number(below: UInt64(letters.count)))],
                    sub: random.number(below: 2) == 0 ? nil : "1", type: random.number(below: 4) == 0 ? "TX" : "NM")
            }
        }
        for _ in 0..<2_000 {
            let (base, update) = (Self.report(.final, lines()), Self.report(.corrected, lines()))
            let once = merged(base, update)
            #expect(merged(once, update) == once)
            // Nothing is lost that no line of the message speaks of.
            let spoken = Set(update.observations.map(\.lineKey))
            let kept = base.observations.filter { !spoken.contains($0.lineKey) }.map(\.inherited)
            #expect(update.holdsNoLines || kept.allSatisfy(once.observations.contains))
        }
    }
}
