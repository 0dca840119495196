import DICOM
import EdgeKit
import Effects
import Imaging
import Ledgers
import ServiceKit

/// Takes instances that a hospital's system sends (STOW-RS, PS3.18, 10.5): part by part, each for itself.
struct StoreDesk: Sendable {
    let imaging: ImagingService
    let failures: FailureCatalogue

    /// - Throws: a refusal with 415 where the body is not multipart/related with application/dicom, `imaging.multipart`.
    func store(_ call: MediaCall) async throws -> MediaResponse {
        guard let type = MediaType(call.request.headers["content-type"] ?? ""), type.name == "multipart/related",
            type.takes("application/dicom"), let boundary = type.parameters["boundary"],
            (1...Limits.imagingBoundaryBytes).contains(boundary.utf8.count)
        else {
            throw PlainRefusal(
                415,
                Failure(
                    "imaging.mediaType", "instances come as multipart/related; type=\"application/dicom\"",
                    remedy: "send multipart/related with a boundary, and application/dicom in each part"))
        }
        var reader = MultipartReader(boundary: boundary)
        var run = StoreRun(desk: self, call: call)
        do {
            for try await bytes in call.body {
                for event in try reader.feed(bytes) { try await run.take(event) }
            }
            try reader.checkEnd()
        } catch {
            try await run.abandon()
            throw error
        }
        guard run.answer.count > 0 else { throw MultipartReader.malformed }
        return run.answer.response(StudyAddress(call.request), study: call.captured.first)
    }
}

/// One request that stores, while it comes.
private struct StoreRun: ~Copyable {
    private(set) var answer = StoreAnswer()
    private let desk: StoreDesk
    private let call: MediaCall
    /// The instance that is coming; none between two, and none after a failure of it.
    private var receiver: InstanceReceiver?
    /// Whether the part that is coming has been answered.
    private var isAnswered = false

    init(desk: StoreDesk, call: MediaCall) {
        self.desk = desk
        self.call = call
    }

    mutating func take(_ event: MultipartReader.Event) async throws {
        switch event {
        case .part(let fields): begin(fields)
        case .bytes(let bytes): try await append(bytes)
        case .partEnd: try await end()
        }
    }

    /// What came of an instance that is not whole goes.
    mutating func abandon() async throws {
        guard let receiver = receiver.take() else { return }
        try await receiver.abandon()
    }

    private mutating func begin(_ fields: [String: String]) {
        isAnswered = false
        let type = MediaType(fields["content-type"] ?? "application/dicom")
        if type?.takes("application/dicom") == true {
            receiver = InstanceReceiver(ledger: desk.imaging.context.ledger)
        } else {
            refuse(Failure("imaging.mediaType", "a part is of another type than application/dicom"))
        }
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) async throws {
        guard receiver != nil else { return }
        do { try await receiver?.append(bytes) } catch let failure as Failure {
            try await abandon()
            refuse(failure)
        }
    }

    private mutating func end() async throws {
        guard var receiver = receiver.take() else { return }
        let received: InstanceReceiver.Received
        do { received = try await receiver.finish() } catch let failure as Failure {
            try await receiver.abandon()
            return refuse(failure)
        }
        let identity: DICOMIdentity
        do { identity = try received.instance.identity() } catch let failure as Failure { return refuse(failure) }
        do {
            if let study = call.captured.first, study != identity.studyUID {
                throw Failure("imaging.otherStudy", "an instance is of another study than the address names")
            }
            let outcome = try await desk.imaging.store(
                received, unit: call.principal.institution,
                patient: PatientDemographics(received.instance, now: desk.imaging.context.now))
            answer.note(outcome, identity, address: StudyAddress(call.request))
        } catch let failure as Failure {
            answer.note(failure, desk.failures.class(of: failure.code), identity)
        }
    }

    /// Of an instance of which nobody knows which one it is.
    private mutating func refuse(_ failure: Failure) {
        guard !isAnswered else { return }
        isAnswered = true
        answer.note(failure, desk.failures.class(of: failure.code), nil)
    }
}
