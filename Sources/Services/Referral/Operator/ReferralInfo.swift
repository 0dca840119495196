import Effects
package import WorkflowKit

/// A referral and what became of it; headers only, nothing of the patient.
package struct ReferralInfo: Codable, Sendable, Equatable {
    package struct Step: Codable, Sendable, Equatable {
        package var event: String
        package var at: String
        package var actor: String
        package var node: String
        /// The node that was asked.
        package var target: String?
        package var entry: String
    }

    package struct Due: Codable, Sendable, Equatable {
        package var timer: String
        package var at: String
    }

    package var referral: String
    package var kind: String
    package var direction: String
    package var writtenAt: String
    package var state: String
    package var isOpen: Bool
    /// The node that decides now, and how often that has passed on.
    package var home: String
    package var term: Int
    /// The node that was asked last.
    package var offeredTo: String?
    /// What is due, the next first.
    package var dues: [Due]
    package var steps: [Step]
    /// Events that the workflow does not allow; kept as they came.
    package var refusedSteps: Int

    init(_ record: ReferralRecord) {
        let course = record.attempts.last
        referral = record.id.description
        kind = record.terms.kind
        direction = record.terms.direction.rawValue
        writtenAt = record.terms.madeTime.description
        state = record.state.rawValue
        isOpen = record.isOpen
        home = course?.home.rawValue ?? record.id.origin.rawValue
        term = course?.term ?? 1
        offeredTo = course?.candidates.first
        dues = (course?.running ?? []).map { Due(timer: $0.timer.name, at: $0.due.description) }
        steps = (course?.steps ?? []).map { step in
            Step(
                event: step.event?.rawValue ?? "", at: step.authorTime.description, actor: step.fields.actor,
                node: step.entry.author.rawValue, target: step.fields.candidates.first, entry: step.entry.description)
        }
        refusedSteps = course?.refusedSteps.count ?? 0
    }
}

/// A referral as it was opened.
///
/// This holds a person's data: it is shown to the reader and never logged.
package struct ReferralFileInfo: Codable, Sendable, Equatable {
    package struct Writing: Codable, Sendable, Equatable {
        package var event: String
        package var at: String
        package var actor: String
        package var values: [CaseValue]
    }

    package var referral: ReferralInfo
    /// Whether its content lies at this node.
    package var isContentHere: Bool
    package var patientName: String?
    package var patientSex: String?
    package var patientBirthDate: String?
    package var values: [CaseValue]
    /// Entries that belong to it: recognised results, open consultations.
    package var references: [String]
    package var writings: [Writing]

    init(_ file: CaseFile<ReferralWorkflow>) {
        referral = ReferralInfo(file.record)
        isContentHere = file.content != nil
        patientName = file.content?.patient.name
        patientSex = file.content?.patient.sex
        patientBirthDate = file.content?.patient.birthDate
        values = CaseValue.all(file.content)
        references = file.content?.references ?? []
        writings = file.writings.map { writing in
            Writing(
                event: writing.event?.rawValue ?? "", at: writing.time.description, actor: writing.content.actor,
                values: CaseValue.all(writing.content))
        }
    }
}

/// A kind of referral, with its times in seconds.
package struct ReferralLevelInfo: Codable, Sendable, Equatable {
    package var kind: String
    package var name: String
    /// `up`, `down` or `side`.
    package var direction: String
    package var answerSeconds: UInt32
    package var arrivalSeconds: UInt32
    package var returnSeconds: UInt32

    init(_ level: ReferralLevel) {
        kind = level.kind
        name = level.name
        direction = level.direction.rawValue
        answerSeconds = level.answerSeconds
        arrivalSeconds = level.arrivalSeconds
        returnSeconds = level.returnSeconds
    }
}

package typealias ReferralValue = CaseValue
package typealias ReferralFormInfo = CaseFormInfo
