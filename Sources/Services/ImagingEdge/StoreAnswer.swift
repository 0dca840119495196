import DICOM
import EdgeKit
import Effects
import Imaging

/// What becomes of each instance of one request that stores, as PS3.18, 10.5.3 wants it told.
struct StoreAnswer {
    private var stored: [DICOMDataset] = []
    private var failed: [DICOMDataset] = []
    /// Of parts of which nobody knows what they are.
    private var others: [DICOMDataset] = []
    private var warnings = 0
    private var passing = 0

    private static let referenceClass = DICOMTag(0x0008, 0x1150)
    private static let referenceInstance = DICOMTag(0x0008, 0x1155)
    private static let retrieveURL = DICOMTag(0x0008, 0x1190)
    private static let warningReason = DICOMTag(0x0008, 0x1196)
    private static let failureReason = DICOMTag(0x0008, 0x1197)
    private static let failedSequence = DICOMTag(0x0008, 0x1198)
    private static let storedSequence = DICOMTag(0x0008, 0x1199)
    private static let othersSequence = DICOMTag(0x0008, 0x119A)
    private static let comment = DICOMTag(0x0000, 0x0902)

    /// The reason of an instance that lies here and waits for a person: its patient contradicts.
    private static let contradicts: UInt16 = 0xB007
    private static let duplicate: UInt16 = 0x0111

    mutating func note(_ outcome: ImagingService.Outcome, _ identity: DICOMIdentity, address: StudyAddress) {
        var elements = reference(identity)
        if case .putAside(let reason) = outcome {
            warnings += 1
            elements += [
                .shorts(Self.warningReason, Self.contradicts),
                .text(Self.comment, "imaging.aside: " + reason.rawValue, vr: .lo),
            ]
        } else {
            elements.append(.text(Self.retrieveURL, address.instance(identity), vr: .ur))
        }
        stored.append(DICOMDataset(elements))
    }

    /// - Parameter identity: which instance it is, as far as that is known.
    mutating func note(_ failure: Failure, _ failureClass: FailureClass, _ identity: DICOMIdentity?) {
        if failureClass == .retry { passing += 1 }
        let code =
            failure.code == "imaging.otherBytes" ? Self.duplicate : DIMSEStatus(storing: failureClass).rawValue
        let elements: [DICOMElement] = [
            .shorts(Self.failureReason, code),
            .text(Self.comment, failure.code.rawValue + (failure.place.map { " " + $0 } ?? ""), vr: .lo),
        ]
        if let identity {
            failed.append(DICOMDataset(reference(identity) + elements))
        } else {
            others.append(DICOMDataset(elements))
        }
    }

    private func reference(_ identity: DICOMIdentity) -> [DICOMElement] {
        [
            .text(Self.referenceClass, identity.sopClassUID, vr: .ui),
            .text(Self.referenceInstance, identity.instanceUID, vr: .ui),
        ]
    }

    private var failures: Int { failed.count + others.count }

    /// How many instances were spoken of.
    var count: Int { stored.count + failures }

    /// 200 where all is well, 202 where something is to be looked at, 409 where nothing was kept; 503 where it was not for a
    /// reason that passes.
    var status: Int {
        if failures == 0 { return warnings == 0 ? 200 : 202 }
        if !stored.isEmpty { return 202 }
        return passing == failures ? 503 : 409
    }

    /// - Parameter study: of the address, where it names one.
    func response(_ address: StudyAddress, study: String?) -> MediaResponse {
        var elements: [DICOMElement] = []
        if let study { elements.append(.text(Self.retrieveURL, address.study(study), vr: .ur)) }
        for (tag, items) in [
            (Self.failedSequence, failed), (Self.storedSequence, stored), (Self.othersSequence, others),
        ] where !items.isEmpty {
            elements.append(.sequence(tag, items))
        }
        let text = DICOMJSON().object(DICOMDataset(elements))
        return MediaResponse(
            status, "application/dicom+json", .bytes(Array(text.utf8)),
            headers: status == 503 ? ["Retry-After": "5"] : [:])
    }
}

/// Where studies, series and instances are fetched.
struct StudyAddress {
    private let base: String

    /// Where this node serves them, as the request reached it.
    init(_ request: EdgeRequest) {
        base = "https://" + request.authority + "/dicom-web"
    }

    func study(_ uid: String) -> String { base + "/studies/" + uid }

    func series(_ study: String, _ uid: String) -> String { self.study(study) + "/series/" + uid }

    func instance(_ study: String, _ series: String, _ uid: String) -> String {
        self.series(study, series) + "/instances/" + uid
    }

    func instance(_ identity: DICOMIdentity) -> String {
        instance(identity.studyUID, identity.seriesUID, identity.instanceUID)
    }
}
