import Console
import Consultation
import Effects
import Foundation
import RecognitionEdge
import ServiceKit
import Testing
import YilianTestKit

@Suite struct OperatorVerbTests {
    private static let person = "999999196804129172"

    /// A city that has taken the demo's messages, while it runs.
    private func withMessages(
        _ body: (TrialRegion, NodeAddresses) async throws -> Void
    ) async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        _ = try await region.running("shi") { addresses in
            let messages = BuiltProgram.checkout + "/Nodes/demo/messages/hl7v2"
            let imported = try await region.yilian("import", messages, "--data", region.data("shi"))
            try #require(imported.status == 0, "\(imported.errors)")
            try await body(region, addresses)
        }
    }

    private func refuseOne(_ region: TrialRegion) async throws {
        let bad = "MSH|^~\\&|LIS|H|Y|Y|20261121083000||ORU^R01|BAD-1|P|2.4\rPID|1\rOBX|1|NM|GLU||5\r"
        try SystemDisk().write(bad, to: region.folder + "/bad.hl7")
        let refused = try await region.yilian("import", "bad.hl7", "--data", region.data("shi"))
        #expect(refused.status == 3 && refused.output.contains("REFUSED"), "\(refused.output)")
    }

    @Test func theEnvironmentNamesTheNodeWhereTheCommandLineDoesNot() async throws {
        try await withMessages { region, _ in
            let program = try BuiltProgram.path()
            let inherited = try await BuiltProgram.run(
                ["YILIAN_DATA=data/shi", program, "queue", "list"], in: region.folder, program: "/usr/bin/env")
            #expect(inherited.status == 0, "\(inherited.errors)")
            let named = try await BuiltProgram.run(
                ["YILIAN_DATA=data/nowhere", program, "queue", "list", "--data", "data/shi"], in: region.folder,
                program: "/usr/bin/env")
            #expect(named.status == 0, "what is on the command line counts: \(named.errors)")
            let neither = try await BuiltProgram.run(
                ["-u", "YILIAN_DATA", program, "queue", "list"], in: region.folder, program: "/usr/bin/env")
            #expect(neither.status == 2 && neither.errors.contains("YILIAN_DATA"))
            let nowhere = try await BuiltProgram.run(
                ["YILIAN_DATA=data/nowhere", program, "queue", "list"], in: region.folder, program: "/usr/bin/env")
            #expect(nowhere.status == 4 && nowhere.errors.contains("no such data folder"), "\(nowhere.errors)")
            #expect(nowhere.errors.contains("YILIAN_DATA names it"), "\(nowhere.errors)")
        }
    }

    @Test func theAuditIsListedByPatientPractitionerPurposeAndTime() async throws {
        try await withMessages { region, _ in
            let data = region.data("shi")
            for (practitioner, purpose) in [("dr-li", "treatment"), ("dr-wang", "qualityReview")] {
                let found = try await region.yilian(
                    "record", "find", "--data", data, "--citizen-id", "-", "--practitioner", practitioner, "--purpose",
                    purpose, "--consent", "C-1", "--order", "O-1", input: Self.person + "\n")
                #expect([0, 3].contains(found.status), "\(found.errors)")
            }
            func list(_ arguments: [String], input: String? = nil) async throws -> [AuditInfo] {
                let outcome = try await BuiltProgram.run(
                    ["audit", "list", "--data", data, "--json"] + arguments, in: region.folder, input: input)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(!outcome.output.contains(Self.person))
                return try OperatorJSON.value(AuditListing.self, from: Array(outcome.output.utf8), place: nil).records
            }
            #expect(try await list([]).map(\.practitioner) == ["dr-wang", "dr-li"])
            #expect(try await list(["--practitioner", "dr-li"]).map(\.purpose) == ["treatment"])
            #expect(try await list(["--purpose", "qualityReview"]).map(\.practitioner) == ["dr-wang"])
            #expect(try await list(["--citizen-id", "-"], input: Self.person + "\n").count == 2)
            // Who asked for this person's looks is one of them from then on, by name where one was given.
            let asked = try await list(["--citizen-id", "-", "--asker", "dr-shen"], input: Self.person + "\n")
            #expect(asked.map(\.action) == ["audit.list", "recognition.find", "recognition.find"])
            #expect(asked.first?.practitioner == "operator" && asked.first?.answered == 2)
            let named = try await list(["--practitioner", "dr-shen"])
            #expect(named.map(\.answered) == [3] && named.map(\.purpose) == ["qualityReview"])
            #expect(try await list(["--citizen-id", "-"], input: "110101199003074514\n").isEmpty)
            #expect(try await list(["--from", "2999-01-01"]).isEmpty)
            #expect(try await list(["--to", "2999-01-01"]).filter { $0.action == "recognition.find" }.count == 2)
            #expect(try await list([]).allSatisfy { $0.unit == "shi-yy" })
            let aimless = try await region.yilian("audit", "list", "--data", data, "--asker", "dr-shen")
            #expect(aimless.status == 2 && aimless.errors.contains("--citizen-id"))
            let some = try await region.yilian("audit", "list", "--data", data, "--limit", "1")
            #expect(some.status == 3 && some.output.contains("more exist"))
        }
    }

    @Test func whatSomebodyWroteDoesNothingToTheTerminal() async throws {
        try await withMessages { region, _ in
            let data = region.data("shi")
            let found = try await region.yilian(
                "record", "find", "--data", data, "--citizen-id", "-", "--practitioner", "dr\u{1B}[2J\u{9B}1m\u{202E}x",
                "--consent", "C-1", "--json", input: Self.person + "\n")
            #expect([0, 3].contains(found.status), "\(found.errors)")
            for arguments in [["audit", "list"], ["audit", "list", "--json"]] {
                let outcome = try await BuiltProgram.run(arguments + ["--data", data], in: region.folder)
                #expect(outcome.status == 0 && outcome.output.contains("dr"))
                #expect(!outcome.output.unicodeScalars.contains { PlainText.isHarmful($0) && $0 != "\n" })
            }
        }
    }

    @Test func aWrongTokenIsCalledThat() async throws {
        try await withMessages { region, addresses in
            let https = try #require(addresses.https)
            let disk = SystemDisk()
            try disk.write(String(repeating: "no", count: 20) + "\n", to: region.folder + "/wrong", mode: 0o600)
            func list(_ token: String) async throws -> BuiltProgram.Outcome {
                try await region.yilian(
                    "queue", "list", "--url", "https://\(https)", "--token-file", token, "--ca", "data/shi/ca.crt")
            }
            let wrong = try await list("wrong")
            #expect(wrong.status == 1 && wrong.errors.contains("[console.unauthorised]"))
            #expect(wrong.errors.contains("is none that this node takes"), "\(wrong.errors)")
            #expect(wrong.errors.contains("operator.token"))
            let right = try await list("data/shi/operator.token")
            #expect(right.status == 0, "\(right.errors)")
        }
    }

    @Test func refusedMessagesAreListedAndShownWithTheirReasons() async throws {
        try await withMessages { region, _ in
            let data = region.data("shi")
            let none = try await region.yilian("message", "list", "--refused", "--data", data)
            #expect(none.status == 0 && none.output.contains("no message was refused"))
            try await refuseOne(region)
            let refused = try await region.yilian("message", "list", "--refused", "--data", data, "--json")
            let listed = try OperatorJSON.value([MessageInfo].self, from: Array(refused.output.utf8), place: nil)
            #expect(listed.map(\.message) == ["BAD-1"])
            #expect(listed.first?.problems.isEmpty == false && listed.first?.correlation != nil)
            let shown = try await region.yilian("message", "show", "BAD-1", "--data", data)
            #expect(shown.status == 0 && shown.output.contains("refused: "), "\(shown.output)\(shown.errors)")
            let all = try await region.yilian("message", "list", "--data", data, "--limit", "500", "--json")
            let every = try OperatorJSON.value([MessageInfo].self, from: Array(all.output.utf8), place: nil)
            #expect(every.count > 1 && every.first?.message == "BAD-1")
            #expect(all.status == 0, "everything is there")
            for verb in [["message", "list"], ["message", "list", "--json"]] {
                let cut = try await BuiltProgram.run(verb + ["--limit", "1", "--data", data], in: region.folder)
                #expect(cut.status == 3, "a list that was cut says so: \(cut.output)")
                #expect(cut.output.contains("BAD-1") && cut.output.contains("! more exist") == (verb.count == 2))
            }
            let unknown = try await region.yilian("message", "show", "NOBODY", "--data", data)
            #expect(unknown.status == 1 && unknown.errors.contains("[console.notHere]"))
        }
    }

    @Test func aMessagesWarningsAreShownWithIt() async throws {
        try await withMessages { region, _ in
            let data = region.data("shi")
            for (id, version) in [("W-NEW", "2.5.1"), ("W-OLD", "2.3")] {
                let header = "MSH|^~\\&|LIS|H|Y|Y|20261121083000||ORU^R01|\(id)|P|\(version)||||||UNICODE UTF-8"
                let lines = [
                    header, "PID|1||W1^^^2.999.1^MR||王|", "OBX|1|NM|GLU^葡萄糖^L||5.1|mmol/L|||||F",
                    "OBR|1|P-\(id)|F-\(id)|GLU^血糖^L|||20261121080000|||||||||||||||20261121083000||LAB|F",
                    "OBX|1|NM|GLU^葡萄糖^L||5.2|mmol/L|||||Q",
                ]
                try SystemDisk().write(lines.map { $0 + "\r" }.joined(), to: region.folder + "/warned.hl7")
                let imported = try await region.yilian("import", "warned.hl7", "--data", data)
                #expect(imported.output.contains("no OBR stands before this OBX"), "\(imported.output)")
                let shown = try await region.yilian("message", "show", id, "--data", data)
                #expect(shown.status == 0 && shown.output.contains("accepted"), "\(shown.errors)")
                let warnings = shown.output.split(separator: "\n").filter { $0.hasPrefix("! ") }
                #expect(warnings.count == 2, "\(shown.output)")
                for (place, reason) in [
                    ("OBX^1", "no OBR stands before this OBX; it is passed over"),
                    ("OBX^2^11", "no known status; the line is taken as preliminary"),
                ] {
                    let isSaid = warnings.contains { $0.contains(place) && $0.hasSuffix(reason) }
                    #expect(isSaid, "\(warnings)")
                }
            }
        }
    }

    @Test func aResultsDocumentsAreOneOpening() async throws {
        try await withMessages { region, _ in
            let data = region.data("shi")
            func document(_ number: Int, _ letter: String = "F") -> String {
                let base64 = Data("%PDF-1.4 document \(number) %%EOF".utf8).base64EncodedString()
                return "OBX|\(number)|ED|R\(number)^报告^L||^AP^PDF^Base64^\(base64)||||||\(letter)"
            }
            let lines = [
                "MSH|^~\\&|LIS|H|Y|Y|20261121083000||ORU^R01|D-1|P|2.5.1||||||UNICODE UTF-8",
                "PID|1||D1^^^2.999.1^MR||王|", "OBR|1|P-D|F-D|US^腹部超声^L|||20261121080000|||||||||||||||||RUS|F",
                document(1), document(2), document(3, "W"),
            ]
            try SystemDisk().write(lines.map { $0 + "\r" }.joined(), to: region.folder + "/documents.hl7")
            let imported = try await region.yilian("import", "documents.hl7", "--data", data)
            #expect(imported.status == 0, "\(imported.output)")
            let who = [
                "--data", data, "--identifier", "D1", "--type", "MR", "--issuer", "2.999.1", "--practitioner", "dr-doc",
                "--order", "O-1",
            ]
            let found = try await BuiltProgram.run(["record", "find", "--json"] + who, in: region.folder)
            let records = try OperatorJSON.value(RecordFindings.self, from: Array(found.output.utf8), place: nil)
                .records
            let entry = try #require(records.first?.entry)
            let shown = try await BuiltProgram.run(
                ["record", "show", entry, "--documents", "out"] + who, in: region.folder)
            #expect(shown.status == 0, "\(shown.errors)")
            #expect(shown.errors.contains("document 3 was taken back"))
            let disk = SystemDisk()
            #expect(try disk.list(region.folder + "/out").sorted() == ["document-1.pdf", "document-2.pdf"])
            #expect(try disk.readText(region.folder + "/out/document-2.pdf") == "%PDF-1.4 document 2 %%EOF")
            let audit = try await region.yilian("audit", "list", "--practitioner", "dr-doc", "--data", data, "--json")
            let looks = try OperatorJSON.value(AuditListing.self, from: Array(audit.output.utf8), place: nil).records
            #expect(looks.map(\.action) == ["recognition.fetch", "recognition.find"])
            let json = try await BuiltProgram.run(
                ["record", "show", entry, "--documents", "out2", "--json"] + who, in: region.folder)
            let opened = try OperatorJSON.value(OpenedRecordInfo.self, from: Array(json.output.utf8), place: nil)
            #expect(opened.attachments.map(\.content) == [nil, nil, nil], "what is in the folder is not printed")
        }
    }

    @Test func aRequestsDocumentsAreOneOpening() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        let (disk, data) = (SystemDisk(), region.data("shi"))
        let experts = """
            rosters:
              - home: shi
                experts:
                  - {id: ecg-li, name: 李志强, node: shi, specialties: [ecg]}
            serviceLevels:
              - {kind: ecg-emergency, name: 急诊心电诊断, specialty: ecg, claimSeconds: 900, reportSeconds: 900, graceSeconds: 60}

            """
        let path = region.folder + "/region.yaml"
        try disk.write(try disk.readText(path) + experts, to: path)
        try await region.issueAndPublish()
        _ = try await region.running("shi") { _ in
            for name in ["ecg.pdf", "note.txt"] { try disk.write("of \(name)", to: region.folder + "/" + name) }
            let created = try await region.yilian(
                "consult", "create", "--kind", "ecg-emergency", "--citizen-id", "-", "--name", "张三", "--summary", "胸痛",
                "--reason", "请诊断", "--attach", "ecg.pdf", "--attach", "note.txt", "--practitioner", "dr-wang",
                "--consent",
                "口头", "--data", data, input: Self.person + "\n")
            #expect(created.status == 0, "\(created.errors)")
            let request = created.output.split(separator: "\n").first.map(String.init) ?? ""
            let nobody = try await region.yilian("consult", "show", request, "--documents", "out", "--data", data)
            #expect(nobody.status == 2 && nobody.errors.contains("--practitioner"))
            #expect(!disk.exists(region.folder + "/out"))
            let shown = try await region.yilian(
                "consult", "show", request, "--practitioner", "dr-wang", "--documents", "out", "--data", data)
            #expect(shown.status == 0, "\(shown.errors)")
            let files = try disk.list(region.folder + "/out").sorted()
            #expect(files == ["document-1.pdf", "document-2.txt"])
            for (file, text) in zip(files, ["of ecg.pdf", "of note.txt"]) {
                #expect(try disk.readText(region.folder + "/out/" + file) == text)
                #expect(try disk.mode(region.folder + "/out/" + file) == 0o600)
                #expect(shown.errors.contains(file))
            }
            let audit = try await region.yilian("audit", "list", "--practitioner", "dr-wang", "--data", data, "--json")
            let looks = try OperatorJSON.value(AuditListing.self, from: Array(audit.output.utf8), place: nil).records
            #expect(looks.map(\.action).filter { $0 == "consultation.read" }.count == 1)
            let json = try await region.yilian(
                "consult", "show", request, "--practitioner", "dr-wang", "--documents", "out2", "--data", data, "--json"
            )
            let file = try OperatorJSON.value(ConsultationFileInfo.self, from: Array(json.output.utf8), place: nil)
            #expect(file.attachments.map(\.content) == [nil, nil] && file.attachments.map(\.sizeBytes) == [10, 11])
        }
    }

    @Test func whatIsNotThereIsNotShownWithExitCodeZero() async throws {
        try await withMessages { region, _ in
            let data = region.data("shi")
            for arguments in [
                ["audit", "show", "01KBJ2V8Q4N6Z0M3T5X7Y9C1D2"], ["message", "show", "X"],
                ["queue", "show", "a/1/bulk/0/0"],
                ["consult", "show", "shi.01KBJ2V8Q4N6Z0M3T5X7Y9C1D2"],
            ] {
                let outcome = try await BuiltProgram.run(arguments + ["--data", data], in: region.folder)
                #expect(outcome.status == 1, "\(arguments): \(outcome.output)\(outcome.errors)")
                #expect(outcome.output.isEmpty)
            }
            let nobody = try await region.yilian(
                "identity", "show", "--citizen-id", "-", "--practitioner", "dr-li", "--order", "O-1", "--data", data,
                input: "110101199003074514\n")
            #expect(nobody.status == 1, "\(nobody.output)\(nobody.errors)")
            for author in ["nobody", "diaodu"] {
                let unblocked = try await region.yilian("ledger", "unblock", author, "--data", data)
                #expect(unblocked.status == 1, "\(author): \(unblocked.output)")
                #expect(unblocked.errors.contains("[ledger.notStopped]"), "\(unblocked.errors)")
            }
            let nowhere = try await region.yilian("trace", "shi/1/bulk/0/0", "--data", data)
            #expect([1, 3].contains(nowhere.status), "\(nowhere.output)\(nowhere.errors)")
            for arguments in [
                ["queue", "show"], ["consult", "list"], ["identity", "log"], ["recognition", "decisions"],
            ] {
                let outcome = try await BuiltProgram.run(arguments + ["--data", data], in: region.folder)
                #expect(outcome.status == 0 && !outcome.output.isEmpty, "an empty list is an answer: \(arguments)")
            }
        }
    }

    @Test(.timeLimit(.minutes(3))) func anImportEndsWhateverLiesInTheFolder() async throws {
        try await withMessages { region, _ in
            let folder = region.folder + "/in"
            let disk = SystemDisk()
            try disk.createDirectory(folder + "/sub", mode: 0o700)
            #expect(mkfifo(folder + "/1-pipe.hl7", 0o600) == 0)
            for (link, target) in [("sub/2-loop", folder), ("3-ring", folder + "/3-ring"), ("4-nowhere", "/no/where")] {
                try FileManager.default.createSymbolicLink(atPath: folder + "/" + link, withDestinationPath: target)
            }
            try disk.write([], to: folder + "/5-empty.hl7", mode: 0o600)
            // A name that is no UTF-8: what the listing makes of it is another name.
            let odd = (Array((folder + "/6-").utf8) + [0xFF] + Array(".hl7".utf8) + [0]).map { CChar(bitPattern: $0) }
            #expect(
                odd.withUnsafeBufferPointer { $0.baseAddress.map { open($0, O_CREAT | O_WRONLY, 0o600) } ?? -1 } >= 0)
            let message = BuiltProgram.checkout + "/Nodes/demo/messages/hl7v2"
            let good = try #require(try disk.list(message).first { !$0.hasSuffix(".md") })
            try disk.write(try disk.read(message + "/" + good), to: folder + "/9-good.hl7", mode: 0o600)
            let outcome = try await region.yilian("import", "in", "--data", region.data("shi"))
            #expect(outcome.status == 3, "\(outcome.errors)")
            #expect(outcome.output.contains("here already") && outcome.output.contains("disk.notAFile"))
            #expect(outcome.output.contains("import.loop") && outcome.output.contains("import.empty"))
            #expect(outcome.output.contains("the name leads to no file"))
            let one = try await region.yilian("import", "in/9-good.hl7", "--data", region.data("shi"))
            #expect(one.status == 0)
        }
    }

    @Test func theLevelOfTheLogChangesWhileTheNodeRuns() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let (_, ended) = try await region.running("diaodu") { addresses in
            let data = region.data("diaodu")
            #expect(try await region.yilian("log", "level", "--data", data).output == "info\n")
            let changed = try await region.yilian("log", "level", "error", "--data", data, "--json")
            #expect(changed.output == "{\"level\":\"error\"}\n", "\(changed.errors)")
            #expect(try await region.yilian("log", "level", "loud", "--data", data).status == 1)
            let file = region.folder + "/diaodu.yaml"
            try SystemDisk().write(try SystemDisk().readText(file) + "log: {level: debug}\n", to: file)
            #expect(kill(addresses.processID, SIGHUP) == 0)
            var level = ""
            for _ in 0..<100 where level != "debug\n" {
                try await SystemTime().sleep(milliseconds: 50)
                level = try await region.yilian("log", "level", "--data", data).output
            }
            #expect(level == "debug\n", "SIGHUP reads the file again")
        }
        #expect(
            ended.errors.contains("the level of the log was changed") == false, "at error, a warning is not written")
        #expect(ended.errors.contains("\"loaded again\""))
        try SystemDisk().write(ended.errors, to: region.folder + "/node.log")
        let shown = try await region.yilian("log", "show", "node.log", "--level", "notice")
        #expect(shown.status == 0 && shown.output.contains("+08:00 NOTICE"), "\(shown.output.prefix(300))")
        #expect(!shown.output.contains("INFO") && !shown.output.contains("{\"time\""))
    }
}
