import Effects
import Recognition
import RecognitionTestKit
import Testing
import YilianTestKit

/// A fresh region with a township whose hospital sends and another county that asks.
struct AcceptanceRegion: Sendable {
    let region: TestRegion
    let sender: TestNode
    let doctor: TestNode
    let sending: HospitalWire
    let asking: HospitalWire

    private static let tree = TestTree.dispatcher(
        "diaodu",
        .city(
            "shi", .county("pingding", .township("jucheng")),
            .county("yuxian", division: "140322", .township("xiyan", division: "140322107"))))

    static func run(_ body: @Sendable (AcceptanceRegion) async throws -> Void) async throws {
        try await TestRegion.run(tree) { region in
            // Hundreds of patients are looked up in a minute, more than any doctor may.
            try await region.publishConfiguration { $0.access.rates = .highest }
            try await region.waitUntilConfigured()
            let (sender, doctor) = (try region.node("jucheng"), try region.node("yuxian"))
            let here = try await sender.openListeners()
            let there = try await doctor.openListeners()
            try await HospitalWire.with(here) { sending in
                try await HospitalWire.with(there) { asking in
                    try await body(
                        AcceptanceRegion(
                            region: region, sender: sender, doctor: doctor, sending: sending, asking: asking))
                }
            }
        }
    }

    /// A message that is always answered, and never with AA.
    ///
    /// Messages of one connection are answered in their order, so its answer says that whatever came before it has been
    /// judged.
    private static let probe = Array(#"MSH|^~\&|PROBE||||||ADT^A01|PROBE|P|2.5.1"#.utf8)

    /// Sends a file through the edge that it is meant for and checks that it is taken.
    ///
    /// A message that asks for no answer gets none; it is stored all the same.
    ///
    /// - Parameter versions: how many versions of reports the township holds afterwards, where that is known.
    func deliver(_ file: MessageFile, versions: Int? = nil) async throws {
        if file.isFHIR {
            let answer = try await sending.post(file.bytes)
            #expect([200, 201].contains(answer.status), "\(file): \(answer.status) \(answer.text.prefix(600))")
        } else {
            let message = try ForeignHL7(file.bytes)
            let answers = try await sending.mllp(message.wantsNoAnswer ? [file.bytes, Self.probe] : [file.bytes])
            let isAccepted = answers[0].firstRange(of: /MSA[|$](AA|CA)[|$]/) != nil
            // A sender that wants no answer gets none: the first thing that is heard is the answer to the probe.
            #expect(isAccepted != message.wantsNoAnswer, "\(file): \(answers[0])")
        }
        guard let versions else { return }
        #expect(try await sender.reportCounts().versions == versions, "\(file)")
    }

    /// What a doctor of the other county finds and opens, newest versions, and as FHIR says it.
    struct Found: Sendable {
        var summaries: [FoundResult]
        var contents: [ReportContent]
        var answers: [ForeignReport]
    }

    /// Looks for a patient at the other county, by its desk and by its HTTPS edge.
    ///
    /// A patient whose numbers name no issuer is looked for in the house that sent them: there and nowhere else such a
    /// number is somebody's.
    ///
    /// - Parameter patients: the names under which a message gives its patient; the first that is known counts.
    func found(_ patients: [ForeignPatient], of file: MessageFile) async throws -> Found {
        try await region.waitUntilAcknowledged()
        let isOfHouse = patients.allSatisfy { $0.authority.isEmpty && $0.type != "citizenID" }
        let (asker, wire) = isOfHouse ? (sender, sending) : (doctor, asking)
        let inquirer = isOfHouse ? TestInquirer(organizationUnit: "jucheng") : TestInquirer()
        let recognition = try asker.node.service(RecognitionService.self)
        // With an issuer `123456` is a number, without one a place-holder that nobody may ask for.
        let named = patients.filter { !$0.authority.isEmpty || $0.type == "citizenID" }
        for patient in isOfHouse ? patients : named {
            let asked = TestPatient(
                "", identifier: patient.value, identifierType: patient.type, authority: patient.authority)
            if isOfHouse {
                #expect(try await doctor.find(asked).results.isEmpty, "\(file): a bare number joins nobody elsewhere")
            }
            let findings = try await Self.patiently { [asker, inquirer] in
                let findings = try await asker.find(asked, by: inquirer)
                guard findings.unreached.isEmpty else {
                    throw Failure("call.deadlineExceeded", "\(findings.unreached)")
                }
                return findings
            }
            guard !findings.results.isEmpty else { continue }
            var contents: [ReportContent] = []
            for result in findings.results {
                contents.append(
                    try await Self.patiently {
                        try await recognition.open(result.id, statement: result.statement).content
                    })
            }
            let searched =
                patient.type == "citizenID"
                ? ForeignPatient(value: patient.value, authority: "", type: "NI") : patient
            let answer = try await wire.search(searched)
            #expect(answer.status == 200, "\(file): \(answer.text.prefix(400))")
            return Found(
                summaries: findings.results, contents: contents, answers: try ForeignFHIR(answer.body).reports)
        }
        Issue.record("\(file): nobody knows any of the message's patients")
        return Found(summaries: [], contents: [], answers: [])
    }

    /// Asks again where a busy machine let a call's deadline pass, as a doctor would, and not for ever.
    private static func patiently<Answer>(_ ask: () async throws -> Answer) async throws -> Answer {
        for _ in 0..<8 {
            do {
                return try await ask()
            } catch let failure as Failure where failure.code == "call.deadlineExceeded" {
                continue
            }
        }
        return try await ask()
    }
}
