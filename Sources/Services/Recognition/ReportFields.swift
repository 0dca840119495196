import Effects
import Foundation
package import ServiceKit
import SwiftProtobuf
import Trust

/// What the header of a recognition record says: enough to find a result and to judge whether it is worth opening.
package struct ReportFields: Sendable, Equatable {
    /// Identity of the result: a digest of institution, order number and patient key.
    package var reportKey: String
    package var patientKeys: [PatientKeyReference]
    package var institution: String
    package var service: Coding.Code
    package var category: ReportCategory
    package var status: ReportStatus
    /// From 1; changed content of one result is a new version.
    package var version: Int
    package var observedTime: String?
    package var issuedTime: String?
    /// Came in processing mode P; nothing else is recognisable.
    package var isProduction: Bool
    package var observationCount: Int
    package var attachmentCount: Int

    package func encoded() throws -> [UInt8] {
        var message = PBRecognitionReportFields()
        message.reportKey = reportKey
        message.patientKeys = patientKeys.map(\.recognitionWire)
        message.institution = institution
        message.serviceCode = service.code
        message.serviceSystem = service.system
        message.serviceName = service.display
        message.category = UInt32(category.rawValue)
        message.status = UInt32(status.rawValue)
        message.version = UInt32(clamping: version)
        message.observedTime = observedTime ?? ""
        message.issuedTime = issuedTime ?? ""
        message.production = isProduction
        message.observationCount = UInt32(clamping: observationCount)
        message.attachmentCount = UInt32(clamping: attachmentCount)
        return try message.serializedBytes()
    }

    package init(bytes: [UInt8]) throws {
        guard let message = try? PBRecognitionReportFields(serializedBytes: bytes),
            let status = UInt8(exactly: message.status).flatMap(ReportStatus.init),
            let category = UInt8(exactly: message.category).flatMap(ReportCategory.init)
        else { throw Failure("recognition.malformed", "the report's header cannot be read") }
        reportKey = message.reportKey
        patientKeys = try message.patientKeys.map(PatientKeyReference.init(recognitionWire:))
        institution = message.institution
        service = Coding.Code(code: message.serviceCode, display: message.serviceName, system: message.serviceSystem)
        self.category = category
        self.status = status
        version = Int(message.version)
        observedTime = message.observedTime.nonEmpty
        issuedTime = message.issuedTime.nonEmpty
        isProduction = message.production
        observationCount = Int(message.observationCount)
        attachmentCount = Int(message.attachmentCount)
    }

    package init(_ submission: ReportSubmission, reportKey: String, patientKeys: [PatientKeyReference], version: Int) {
        let content = submission.content
        self.reportKey = reportKey
        self.patientKeys = patientKeys
        institution = content.institution
        service = Coding.Code(
            code: content.service.code, display: content.service.display,
            system: content.service.codes.first?.system ?? "")
        category = content.category
        status = content.status
        self.version = version
        observedTime = content.observedTime
        issuedTime = content.issuedTime
        isProduction = submission.isProduction
        observationCount = content.observations.count
        attachmentCount = content.attachments.count
    }
}

extension PatientKeyReference {
    var recognitionWire: PBRecognitionPatientKey {
        var message = PBRecognitionPatientKey()
        message.epoch = epoch
        message.key = Data(key.bytes)
        return message
    }

    init(recognitionWire message: PBRecognitionPatientKey) throws {
        guard let key = PatientKey(bytes: [UInt8](message.key)) else {
            throw Failure("recognition.malformed", "a patient key cannot be read")
        }
        self.init(epoch: message.epoch, key: key)
    }
}
