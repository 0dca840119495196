extension FailureClass {
    /// The class of a failure, also of one that another node sent by its code.
    ///
    /// A code is looked up by itself, then by its area. An area that nobody has thought about is ``broken``: nobody is
    /// told to try again, or to repair a message, without a reason.
    package init(of code: Failure.Code) {
        let area = String(code.rawValue.prefix { $0 != "." })
        self = Self.codes[code.rawValue] ?? Self.areas[area] ?? .broken
    }

    /// Whether the table knows a code's area.
    package static func knowsArea(of code: Failure.Code) -> Bool {
        areas[String(code.rawValue.prefix { $0 != "." })] != nil
    }

    /// What most failures of an area are.
    private static let areas: [String: FailureClass] = [
        "access": .forbidden, "attachment": .invalid, "audit": .broken, "author": .forbidden, "box": .broken,
        "call": .broken,
        "cert": .invalid, "code": .invalid, "config": .invalid, "console": .invalid, "consultation": .invalid,
        "courier": .broken, "demo": .broken, "disk": .broken, "edge": .invalid, "fhir": .invalid, "hl7": .invalid,
        "hook": .invalid, "identity": .invalid, "import": .invalid, "indicators": .invalid, "intake": .invalid,
        "json": .invalid, "key": .broken, "ledger": .broken, "link": .retry, "listener": .retry, "load": .broken,
        "log": .invalid,
        "manual": .broken, "merkle": .broken,
        "mllp": .invalid, "node": .broken, "patient": .invalid, "patientKey": .retry, "period": .invalid,
        "process": .broken, "proof": .invalid, "queue": .absent, "recognition": .invalid, "region": .broken,
        "simulate": .broken, "storage": .broken, "suite": .broken, "test": .broken, "testkit": .broken,
        "time": .invalid, "wire": .broken,
    ]

    /// What is otherwise than its area.
    private static let codes: [String: FailureClass] = [
        "access.incomplete": .invalid, "access.malformed": .invalid, "access.tooMany": .retry,
        "attachment.badChunk": .broken, "attachment.noRoom": .retry, "attachment.notEntitled": .forbidden,
        "attachment.notHere": .retry, "attachment.notStored": .retry, "attachment.notNamed": .forbidden,
        "call.cancelled": .retry, "call.deadlineExceeded": .retry, "call.notANeighbour": .absent,
        "call.notEntitled": .forbidden, "call.notReachable": .retry, "call.overloaded": .retry,
        "call.tooLong": .invalid,
        "cert.noSuchCertificate": .absent, "cert.noSuchNode": .absent, "cert.revoked": .forbidden,
        "console.internal": .broken, "console.noSuchRoute": .absent, "console.notHere": .absent,
        "console.notReachable": .retry, "console.overloaded": .retry, "console.stopping": .retry,
        "console.unauthorised": .forbidden,
        "console.wrongTokens": .forbidden,
        "consultation.alreadyClaimed": .conflict, "consultation.notEntitled": .forbidden,
        "consultation.notHere": .absent, "consultation.notAnExpert": .forbidden,
        "consultation.notOffered": .forbidden, "consultation.notTheClaimant": .forbidden,
        "consultation.notTheRequester": .forbidden, "consultation.orderNumberUsed": .conflict,
        "consultation.tooLate": .tooLate, "consultation.unknownAttempt": .absent,
        "consultation.unknownRequest": .absent, "consultation.unsigned": .forbidden,
        "consultation.wrongState": .conflict,
        "courier.notEntitled": .forbidden,
        "disk.forbidden": .forbidden, "disk.notAFile": .invalid, "disk.notFound": .absent, "disk.notText": .invalid,
        "disk.tooLarge": .invalid,
        "hook.unknown": .absent,
        "identity.conflict": .conflict, "identity.notFound": .absent, "identity.purpose": .forbidden,
        "ledger.entryID": .invalid, "ledger.keyEnded": .retry, "ledger.notHeld": .absent, "ledger.notStopped": .absent,
        "ledger.overloaded": .retry,
        "ledger.tooLarge": .invalid,
        "node.noService": .absent, "node.stopping": .retry, "node.unknown": .absent,
        "patientKey.badFile": .broken, "patientKey.notAuthorised": .forbidden,
        "recognition.decisionFinal": .tooLate, "recognition.malformed": .broken, "recognition.noAlert": .absent,
        "recognition.noCatalogue": .absent, "recognition.noDocument": .absent, "recognition.notFound": .absent,
        "recognition.notIssuer": .forbidden, "recognition.notOffered": .conflict, "recognition.notProven": .broken,
        "recognition.notRecognisable": .conflict, "recognition.otherUnit": .forbidden,
        "region.badBytes": .invalid, "region.badName": .invalid, "region.badSignature": .invalid,
        "region.changesPast": .conflict,
        "region.encoding": .invalid, "region.epochChanged": .conflict, "region.epochLost": .conflict,
        "region.missing": .absent, "region.otherRegion": .invalid, "region.otherSuite": .invalid,
        "region.rollback": .conflict, "region.sameVersion": .conflict, "region.vanished": .conflict,
        "storage.broken": .retry, "storage.full": .retry, "storage.unavailable": .retry,
    ]
}
