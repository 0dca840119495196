package import Ledgers
package import WorkflowKit

/// Where a referral stands.
package enum ReferralState: String, CaseWord {
    /// It is written; nobody has been asked yet.
    case drafted
    /// A hospital, a township or a care home is asked to take the patient.
    case offered
    /// Whoever was asked wants to know more first.
    case questioned
    /// Whoever was asked does not take the patient, and says why.
    case declined
    /// Whoever was asked expects the patient.
    case accepted
    /// The patient is there.
    case arrived
    /// The patient did not come in time.
    case notArrived
    /// The patient lies in a bed.
    case admitted
    /// The treatment is over; a plan says what is to follow.
    case discharged
    /// A township or a care home is asked to look after the patient from here on.
    case downOffered
    /// It looks after the patient.
    case downTaken
    /// The patient was seen after the treatment.
    case followedUp
    /// The patient was not seen by the day of return.
    case lost
    /// Nothing is left to do.
    case closed
    /// It was taken back before anybody took the patient.
    case withdrawn
}

/// What happens to a referral; each is an entry of its own kind.
package enum ReferralEvent: String, CaseWord {
    case offered
    case rerouted
    case accepted
    case declined
    case questioned
    case answered
    case arrived
    case notArrived
    case admitted
    case discharged
    case downOffered
    case downTaken
    case downDeclined
    case followedUp
    case lost
    case closed
    case withdrawn
}

/// In which role somebody makes an event happen.
package enum ReferralRole: String, CaseWord {
    /// Whoever writes the referral, where the patient is.
    case referrer
    /// Somebody at the node that decides now: first the referrer's, later the one that has the patient.
    case keeper
    /// Somebody at the node to which it was offered last.
    case receiver
    /// The node that decides now, by itself.
    case home
}

extension EntryKind {
    package static let referral = EntryKind(210)
    package static let referralOffered = EntryKind(211)
    package static let referralRerouted = EntryKind(212)
    package static let referralAccepted = EntryKind(213)
    package static let referralDeclined = EntryKind(214)
    package static let referralQuestioned = EntryKind(215)
    package static let referralAnswered = EntryKind(216)
    package static let referralArrived = EntryKind(217)
    package static let referralNotArrived = EntryKind(218)
    package static let referralAdmitted = EntryKind(219)
    package static let referralDischarged = EntryKind(220)
    package static let referralDownOffered = EntryKind(221)
    package static let referralDownTaken = EntryKind(222)
    package static let referralDownDeclined = EntryKind(223)
    package static let referralFollowedUp = EntryKind(224)
    package static let referralLost = EntryKind(225)
    package static let referralClosed = EntryKind(226)
    package static let referralWithdrawn = EntryKind(227)
}

package typealias ReferralID = CaseID<ReferralWorkflow>
package typealias ReferralRecord = CaseRecord<ReferralWorkflow>
package typealias ReferralCommand = CaseCommand<ReferralWorkflow>
package typealias ReferralReceipt = CaseReceipt<ReferralWorkflow>
