import AdverseEvents
import Consultation
import DICOM
import Diagnosis
import Effects
import Identity
import IdentityTestKit
import Imaging
import Indicators
import Inventory
import InventoryKit
import Referral
import WorkflowKit
import NodeRuntime
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import Wire
import YilianTestKit

@testable import Ledgers

/// One entry of every kind and author, as honest nodes wrote it; what a hostile node bends.
struct HonestEntries {
    struct Sample {
        var author: NodeID
        var lane: Lane
        var entry: Entry
    }

    private(set) var samples: [Sample] = []

    /// Lets a region do everything once, and takes its entries.
    init(of region: TestRegion) async throws {
        try await Self.live(in: region)
        try await region.waitUntilAcknowledged()
        for handle in region.allNodes {
            let ledger = try handle.node.context.ledger
            var kinds: Set<EntryKind> = []
            for position in try await ledger.positions() where position.chain.author == handle.nodeID {
                for sequence in 0..<position.nextSequence {
                    let batch = BatchIdentity(chain: position.chain, sequence: sequence)
                    let entries = try await ledger.read { sql in
                        try EntryLoader(inspector: ledger.inspector).entries(of: batch, in: sql)
                    }
                    for entry in entries where kinds.insert(entry.kind).inserted {
                        samples.append(Sample(author: handle.nodeID, lane: position.chain.lane, entry: entry))
                        guard let withdrawal = Self.withdrawals[entry.kind] else { continue }
                        // An attempt is withdrawn as it is given up; nothing else of it differs.
                        var withdrawn = entry
                        withdrawn.kind = withdrawal
                        samples.append(Sample(author: handle.nodeID, lane: position.chain.lane, entry: withdrawn))
                    }
                }
            }
        }
    }

    private static let withdrawals: [EntryKind: EntryKind] = [
        .consultationEscalated: .consultationWithdrawn, .diagnosisEscalated: .diagnosisWithdrawn,
    ]

    /// The kinds that nodes fold and of which there is no sample.
    var missing: [UInt32] {
        let have = Set(samples.map(\.entry.kind.rawValue))
        return (1..<1_000).filter { kind in
            ServiceList.projections.projections(for: EntryKind(kind)) != nil && !have.contains(kind)
        }
    }

    private static func live(in region: TestRegion) async throws {
        let (clinic, doctor) = (try region.node("jucheng"), try region.node("yuxian"))
        let city = try region.node("shi")
        _ = try await region.node("diaodu").recognition.certify(RecognitionRegion.certificate())
        for handle in [clinic, try region.node("pingding")] {
            try await handle.publish(RecognitionRegion.report("\(handle.id)-1", of: People.wang))
        }
        try await region.waitUntilAcknowledged()
        for handle in [clinic, doctor] {
            let match = try await handle.match(People.wang, number: "ORDER-\(handle.id)")
            for candidate in match.items.flatMap(\.candidates) { try await handle.open(candidate, of: match) }
            _ = try await handle.decide(match, reason: "01")
        }
        try await clinic.publish(
            RecognitionRegion.report("jucheng-1", of: People.wang, value: "5.80", status: .corrected))
        let cards = ["A-4711", "B-4712"].map {
            TestPatient("赵试七", identifier: $0, identifierType: "HC", authority: "ehc")
        }
        // Who has never met a person links nobody.
        try await clinic.publish(RecognitionRegion.report("jucheng-2", of: cards[0]))
        try await clinic.link(cards[0], cards[1])
        try await clinic.separate(cards[0], from: cards[1])
        try await region.waitUntilAcknowledged()
        try await region.wait(for: "an alert") { try await !doctor.recognition.alerts().isEmpty }
        for alert in try await doctor.recognition.alerts() {
            try await doctor.recognition.acknowledge(alert.current, unit: alert.unit, practitioner: "张医生")
        }
        try await consult(in: region)
        try await hold(in: region)
        try await picture(in: region)
        try await diagnose(in: region)
        try await refer(in: region)
        try await control(in: region)
        let now = region.clock.time.wallTime
        for handle in [clinic, try region.node("pingding"), city] {
            _ = try await handle.node.service(IndicatorsService.self)
                .close(ReportingPeriod(.day, containing: now), force: true)
        }
        // Something that nobody can fold makes its receiver tell its author.
        var hostile = HostileNode(clinic)
        try await hostile.deliver(
            [HostileEntry(kind: EntryKind(999), subject: "unknown", fields: [])], to: NodeID("pingding"))
    }

    /// One request that is claimed, reported and acknowledged, one that nobody claims, and one that its home gives up.
    private static func consult(in region: TestRegion) async throws {
        let (clinic, county) = (try region.node("jucheng"), try region.node("pingding"))
        let requests = try clinic.node.service(ConsultationService.self)
        let experts = try county.node.service(ConsultationService.self)
        func create(_ kind: String) async throws -> ConsultationID {
            try await requests.create(
                ConsultationDraft(
                    kind: kind,
                    content: ConsultationContent(
                        patient: PatientDemographics(
                            identifiers: [.init(type: "MR", authority: "ehc", value: "C-4713")], name: "赵试七"),
                        clinicalSummary: "胸痛", reason: "诊断"),
                    asking: Asking(
                        practitioner: "王医生", organizationUnit: "jucheng", purpose: .consultation, consent: "C-4713"))
            ).id
        }
        let claimed = try await create("ecg")
        _ = try await create("pathology")
        try await region.wait(for: "an offer") {
            try await experts.list().contains { $0.id == claimed && $0.state == .offered }
        }
        _ = try await experts.claim(claimed, expert: "ecg-li")
        _ = try await experts.report(
            claimed, expert: "ecg-li", text: ConsultationReportText(findings: "窦性心律", conclusion: "正常"))
        try await region.wait(for: "the report") {
            try await requests.list().contains { $0.id == claimed && $0.isReported }
        }
        _ = try await requests.acknowledge(claimed, practitioner: "王医生")
        try await region.wait(for: "another attempt, opened elsewhere") {
            try await city(of: region).list().contains { $0.attempts.contains { $0.number > 1 } }
        }
    }

    /// An image of the smallest size.
    private static func picture(in region: TestRegion) async throws {
        let imaging = try region.node("jucheng").node.service(ImagingService.self)
        let (sopClass, instance) = ("1.2.840.10008.5.1.4.1.1.7", "1.2.3.1.1")
        let dataset = DICOMDataset([
            .text(.characterSet, "ISO_IR 192"), .text(.sopClass, sopClass), .text(.sopInstance, instance),
            .text(.study, "1.2.3"), .text(.series, "1.2.3.1"), .text(.modality, "DR"), .text(.accessionNumber, "A-1"),
            .text(.patientName, "赵试七"), .text(.patientID, "C-4713"),
        ])
        var receiver = InstanceReceiver(ledger: imaging.context.ledger)
        let head = DICOMWriter.fileHead(
            sopClassUID: sopClass, sopInstanceUID: instance, transferSyntax: .explicitLittle)
        let bytes = head + DICOMWriter(.explicitLittle).bytes(dataset)
        try await receiver.append(bytes[...])
        let received = try await receiver.finish()
        let patient = PatientDemographics(
            identifiers: [.init(type: "PI", authority: "ehc", value: "C-4713")], name: "赵试七")
        _ = try await imaging.store(received, unit: "jucheng", patient: patient)
    }

    /// Everything that can become of diagnoses.
    private static func diagnose(in region: TestRegion) async throws {
        let clinic = try region.node("jucheng").node.service(DiagnosisService.self)
        let county = try region.node("pingding").node.service(DiagnosisService.self)
        let city = try region.node("shi").node.service(DiagnosisService.self)
        let report = ["findings": "窦性心律", "conclusion": "正常"]
        func ask(_ kind: String) async throws -> DiagnosisID {
            try await clinic.request(
                kind,
                CaseContent(
                    patient: PatientDemographics(
                        identifiers: [.init(type: "MR", authority: "ehc", value: "C-4713")], name: "赵试七"),
                    values: ["summary": "胸痛两小时", "question": "是否心肌梗死"]),
                Asking(practitioner: "王医生", organizationUnit: "jucheng", purpose: .diagnosis, consent: "C-4713")
            ).id
        }
        func act(
            _ service: DiagnosisService, _ practitioner: String, _ event: DiagnosisEvent, _ id: DiagnosisID,
            _ values: [String: String] = [:], specimens: [String] = []
        ) async throws {
            var deed = CaseDeed<DiagnosisWorkflow>(event, by: practitioner, values: values)
            deed.items = specimens.map { CaseItem($0) }
            try await region.wait(for: "\(event.rawValue) at \(service.context.node)") { [deed] in
                do {
                    _ = try await service.act(deed, on: id)
                    return true
                } catch let failure as Failure
                    where ["diagnosis.wrongState", "diagnosis.unknown", "diagnosis.notOffered"].contains(failure.code)
                {
                    return false
                }
            }
        }
        let read = try await ask("ecg")
        try await act(clinic, "王医生", .collected, read, specimens: ["T-1", "T-2"])
        try await act(clinic, "王医生", .dispatched, read, specimens: ["T-1", "T-2"])
        try await act(county, "检验员", .received, read, specimens: ["T-1"])
        try await act(county, "检验员", .rejected, read, ["why": "clotted"], specimens: ["T-2"])
        try await act(county, "ecg-li", .claimed, read)
        try await act(county, "ecg-li", .handedBack, read, ["reason": "换班"])
        try await act(county, "ecg-wu", .claimed, read)
        try await act(county, "ecg-wu", .supplementAsked, read, ["text": "既往心电图？"])
        try await act(clinic, "王医生", .supplemented, read, ["text": "已上传"])
        try await act(county, "ecg-wu", .graded, read, ["grade": "good"])
        try await act(county, "ecg-wu", .reported, read, report)
        try await act(clinic, "王医生", .acknowledged, read)
        try await act(county, "ecg-wu", .voided, read, ["reason": "他人心电图"])
        let audited = try await ask("audited")
        try await act(county, "ecg-li", .claimed, audited)
        try await act(county, "ecg-li", .drafted, audited, report)
        try await act(county, "ecg-wu", .audited, audited, report.merging(["discrepancy": "none"]) { $1 })
        let known = try await ask("ecg")
        try await act(county, "ecg-li", .claimed, known)
        try await act(county, "ecg-li", .recognised, known, ["prior": "pingding/1/bulk/1/0"])
        let cancelled = try await ask("ecg")
        try await act(clinic, "王医生", .cancelled, cancelled, ["reason": "不再需要"])
        let late = try await ask("path")
        try await region.wait(for: "another attempt at the diagnosis") {
            (try? await city.book.show(late).attempts.contains { $0.number > 1 }) ?? false
        }
    }

    /// Everything that can become of referrals.
    private static func refer(in region: TestRegion) async throws {
        let clinic = try region.node("jucheng").node.service(ReferralService.self)
        let county = try region.node("pingding").node.service(ReferralService.self)
        let township = try NodeID("jucheng")
        let hospital = try NodeID("pingding")
        func write(_ kind: String) async throws -> ReferralID {
            try await clinic.write(
                kind,
                CaseContent(
                    patient: PatientDemographics(
                        identifiers: [.init(type: "MR", authority: "ehc", value: "C-4713")], name: "赵试七"),
                    values: ["diagnosis": "胸痛", "summary": "胸痛两小时", "reason": "需介入"]),
                Asking(practitioner: "王医生", organizationUnit: "jucheng", purpose: .treatment, consent: "C-4713")
            ).id
        }
        func act(
            _ service: ReferralService, _ event: ReferralEvent, _ id: ReferralID, _ values: [String: String] = [:],
            target: NodeID? = nil, day: WallTime? = nil
        ) async throws {
            let node = service.context.node.rawValue
            try await region.wait(for: "\(event.rawValue) at \(node)") {
                do {
                    let deed = ReferralService.Deed(
                        event, by: "王医生", values: values, to: target.map { ReferralReceiver(node: $0) }, day: day)
                    _ = try await service.act(deed, on: id)
                    return true
                } catch let failure as Failure
                    where ["referral.wrongState", "referral.notItsHome", "referral.unknown", "referral.notTheKeeper"]
                    .contains(failure.code)
                {
                    return false
                }
            }
        }
        for kind in ["up", "short"] {
            let id = try await write(kind)
            try await act(clinic, .offered, id, target: hospital)
            try await act(county, .questioned, id, ["text": "心电图？"])
            try await act(clinic, .answered, id, ["text": "见附件"])
            try await act(county, .declined, id, ["why": "noBed"])
            try await act(clinic, .rerouted, id, target: hospital)
            try await act(county, .accepted, id)
            if kind == "short" {
                try await region.wait(for: "a patient who did not come") {
                    try await county.show(id).state == .notArrived
                }
            }
            try await act(county, .arrived, id)
            try await act(county, .admitted, id)
            try await act(
                county, .discharged, id, ["diagnosis": "心梗", "plan": "随访"],
                day: region.clock.time.wallTime.advanced(byMilliseconds: kind == "short" ? -2_000 : 86_400_000))
            try await act(county, .downOffered, id, target: township)
            try await act(clinic, .downDeclined, id, ["why": "other"])
            try await act(county, .downOffered, id, target: township)
            try await act(clinic, .downTaken, id)
            if kind == "short" {
                try await region.wait(for: "a patient who was not seen") { try await clinic.show(id).state == .lost }
            }
            try await act(clinic, .followedUp, id, ["text": "好转"])
            try await act(clinic, .closed, id)
        }
        let withdrawn = try await write("up")
        try await act(clinic, .withdrawn, withdrawn)
    }

    /// Everything that can become of adverse events.
    private static func control(in region: TestRegion) async throws {
        let service = try region.node("jucheng").node.service(AdverseService.self)
        for grade in ["up", "short"] {
            let id = try await service.report(
                AdverseService.Report(
                    grade, .fall, unit: "jucheng", values: ["what": "如厕时滑倒", "harm": "mild"], reporter: "N-55021")
            ).id
            func act(_ event: AdverseAction, _ values: [String: String], day: WallTime? = nil) async throws {
                _ = try await service.book.perform(CaseDeed(event, by: "王医生", values: values, day: day), on: id)
            }
            if grade == "short" {
                try await region.wait(for: "an event that nobody looks at") {
                    try await service.book.show(id).state == .escalated
                }
                try await act(.dismissed, ["why": "duplicate"])
                continue
            }
            try await act(.accepted, ["harm": "mild"])
            try await act(.notified, ["authority": "县卫生健康局"])
            try await act(.analysed, ["factor": "environment", "causes": "地面湿滑"])
            try await act(.planned, ["measures": "加装扶手"], day: region.clock.time.wallTime)
            try await act(.closed, ["effect": "无再发"])
        }
    }

    /// Everything that can become of units, holds and wishes.
    private static func hold(in region: TestRegion) async throws {
        let clinic = try region.node("jucheng").node.service(InventoryService.self)
        let owner = try region.node("pingding").node.service(InventoryService.self)
        let other = try region.node("yuxian")
        let asker = InventoryService.Asker(practitioner: "王医生")
        func offer(_ inventory: String) async throws {
            let units = try UnitRange(1, 3)
            _ = try await owner.offer(units, of: "ward", in: inventory, UnitSpan(), by: "护士")
        }
        try await region.wait(for: "the owner to match its parent") { owner.witness.isMatched }
        try await offer("beds")
        try await offer("numbers")
        let held = try await clinic.hold("beds", for: asker)
        _ = try await clinic.confirm(held.hold, for: asker)
        _ = try await clinic.release(held.hold, for: asker)
        let short = try await clinic.hold("numbers", for: asker)
        let vain = try await clinic.wish("numbers", lot: "none", for: asker)
        let back = try await clinic.wish("beds", lot: "none", for: asker)
        try await clinic.takeBack(back, for: asker)
        let last = try UnitRange(3, 3)
        _ = try await owner.allot(last, of: "ward", in: "beds", to: other.nodeID, by: "护士")
        let escrow = try other.node.service(InventoryService.self)
        try await region.wait(for: "the allotted unit, which is given back") {
            (try? await escrow.giveBack(last, of: "ward", in: "beds", by: "护士")) != nil
        }
        let second = try UnitRange(2, 2)
        _ = try await owner.close(second, of: "ward", in: "beds", by: "护士")
        try await region.wait(for: "the ends of a hold and of a wish") {
            try await owner.holds(of: "numbers").filter { $0.state.isOver }.map(\.id).sorted()
                == [short.hold, vain].sorted()
        }
        for node in region.allNodes where node.tier == "township" {
            _ = try await node.node.service(InventoryService.self).stock("beds")
        }
    }

    private static func city(of region: TestRegion) throws -> ConsultationService {
        try region.node("shi").node.service(ConsultationService.self)
    }
}
