import DICOM
import EdgeKit
import Effects
import FHIR
import Imaging
import ServiceKit

/// Answers systems that speak DICOM's own protocol: they store, search, and ask whether what they stored lies here.
///
/// The seam for the modality's work list is ``terms``, which refuses it, and ``answers(to:_:)``.
struct AssociationDesk: AssociationHandler {
    let imaging: ImagingService

    let terms = AssociationTerms(takesStorage: true, answersWorklist: false, commits: true, findsStudies: true)

    // MARK: C-STORE

    func sink(for request: DIMSERequest, _ principal: Principal) throws -> any InstanceSink {
        let command = request.command
        guard let sopClass = command.sopClassUID, let instance = command.sopInstanceUID, DICOMUID.isOne(sopClass),
            DICOMUID.isOne(instance)
        else { throw Failure("dimse.command", "a command is malformed") }
        return IncomingInstance(
            imaging: imaging, unit: principal.institution, instanceUID: instance,
            head: DICOMWriter.fileHead(
                sopClassUID: sopClass, sopInstanceUID: instance, transferSyntax: request.context.transferSyntax))
    }

    // MARK: C-FIND

    /// - Throws: `dicom.badQuery`; refusals of whoever may not ask.
    func answers(to request: DIMSERequest, _ principal: Principal) async throws -> [DICOMDataset] {
        guard let identifier = request.dataset, let level = Self.level(identifier) else {
            throw Failure(
                "dicom.badQuery", "a key of the query cannot be understood", place: "\(DICOMTag.retrieveLevel)",
                remedy: "name attributes of the standard, and write dates as 20260131")
        }
        var exact: [DICOMTag: String] = [:]
        for tag in [DICOMTag.study, .series, .sopInstance, .patientID, .accessionNumber] {
            guard let value = identifier.text(tag), identifier.texts(tag).count == 1,
                !value.contains(where: { "*?".contains($0) })
            else { continue }
            exact[tag] = tag == .patientID ? PatientDemographics.number(value, now: imaging.context.now) : value
        }
        let query = try DICOMQuery(identifier: identifier)
        let answer = try await imaging.search(
            ImagingSearch(level, query, exact: exact), asking: try Self.asking(principal, exact))
        return answer.hits.map { hit in
            let shown = query.answer(from: hit.dataset)
            return DICOMDataset(
                shown.elements + [.text(.retrieveLevel, identifier.text(.retrieveLevel) ?? "", vr: .cs)],
                characterSet: shown.characterSet)
        }
    }

    private static func level(_ identifier: DICOMDataset) -> ImagingSummary.Level? {
        switch identifier.text(.retrieveLevel) {
        case "STUDY": .study
        case "SERIES": .series
        case "IMAGE": .instance
        default: nil
        }
    }

    /// The protocol names nobody: the listener says on whose behalf and for what its systems ask, and the accession number
    /// or the study that they look for is the order for which they do.
    private static func asking(_ principal: Principal, _ exact: [DICOMTag: String]) throws -> Asking {
        var headers: [String: String] = [:]
        if let order = exact[.accessionNumber] ?? exact[.study] {
            headers["x-yilian-order"] = PercentCoding.encode(order)
        }
        return try Asking(principal, headers)
    }

    // MARK: Storage commitment

    private static let transaction = DICOMTag(0x0008, 0x1195)
    private static let referenced = DICOMTag(0x0008, 0x1199)
    private static let failed = DICOMTag(0x0008, 0x1198)
    private static let referenceInstance = DICOMTag(0x0008, 0x1155)
    private static let reason = DICOMTag(0x0008, 0x1197)

    /// - Throws: `imaging.badCommitment`.
    func commitment(to request: DIMSERequest, _ principal: Principal) async throws -> StorageCommitment {
        guard request.command.actionType == 1, let asked = request.dataset,
            let transaction = asked.text(Self.transaction), DICOMUID.isOne(transaction)
        else {
            throw Failure(
                "imaging.badCommitment", "a request for storage commitment names no transaction",
                remedy: "look at the system that asks")
        }
        let items = asked.items(Self.referenced)
        let here = try await imaging.held(items.compactMap { $0.text(Self.referenceInstance) })
        let (kept, lost) = items.reduce(into: ([DICOMDataset](), [DICOMDataset]())) { lists, item in
            if let uid = item.text(Self.referenceInstance), here.contains(uid) {
                lists.0.append(item)
            } else {
                let number = DIMSEStatus.noSuchInstance.rawValue
                lists.1.append(DICOMDataset(item.elements + [.shorts(Self.reason, number)]))
            }
        }
        var elements: [DICOMElement] = [.text(Self.transaction, transaction, vr: .ui)]
        if !kept.isEmpty { elements.append(.sequence(Self.referenced, kept)) }
        if !lost.isEmpty { elements.append(.sequence(Self.failed, lost)) }
        return StorageCommitment(eventType: lost.isEmpty ? 1 : 2, dataset: DICOMDataset(elements))
    }
}

/// One instance of a C-STORE: what stands before a data set in a file, and the data set as it comes.
private actor IncomingInstance: InstanceSink {
    private let imaging: ImagingService
    private let unit: String
    private let instanceUID: String
    private var head: [UInt8]
    private var receiver: InstanceReceiver?

    init(imaging: ImagingService, unit: String, instanceUID: String, head: [UInt8]) {
        self.imaging = imaging
        self.unit = unit
        self.instanceUID = instanceUID
        self.head = head
        receiver = InstanceReceiver(ledger: imaging.context.ledger)
    }

    func append(_ bytes: [UInt8]) async throws {
        guard var receiver = receiver.take() else { return }
        let file = head + bytes
        head = []
        do { try await receiver.append(file[...]) } catch {
            self.receiver = consume receiver
            throw error
        }
        self.receiver = consume receiver
    }

    func finish() async throws {
        guard var receiver = receiver.take() else { return }
        let received: InstanceReceiver.Received
        do { received = try await receiver.finish() } catch {
            self.receiver = consume receiver
            throw error
        }
        guard try received.instance.identity().instanceUID == instanceUID else {
            throw Failure("imaging.otherInstance", "an instance is another one than its command names")
        }
        _ = try await imaging.store(
            received, unit: unit, patient: PatientDemographics(received.instance, now: imaging.context.now))
    }

    func abandon() async throws {
        guard let receiver = receiver.take() else { return }
        try await receiver.abandon()
    }
}
