import EdgeKit
import Effects
import Recognition
import ServiceKit

/// Answers hospitals' systems that ask for a patient's results over FHIR: searches, and single reports.
struct ResultDesk: Sendable {
    let recognition: RecognitionService
    let memory: SearchMemory
    let failures: FailureCatalogue
    let time: any TimeSource

    init(_ recognition: RecognitionService, failures: FailureCatalogue, time: any TimeSource) {
        self.recognition = recognition
        self.failures = failures
        self.time = time
        memory = SearchMemory(time: time)
    }

    var now: WallTime { time.wallTime }
}
