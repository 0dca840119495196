import AdverseEventsPages
import AdverseEventsVerbs
import ArgumentParser
import ConsoleKit
import ConsultationPages
import ConsultationVerbs
import Demo
import DiagnosisPages
import DiagnosisVerbs
import IdentityPages
import IdentityVerbs
import IndicatorsPages
import IndicatorsVerbs
import InventoryPages
import InventoryVerbs
import RecognitionPages
import RecognitionVerbs
import ReferralPages
import ReferralVerbs
import VerbKit

/// The services that put verbs on the command line, one line each, in the order in which help lists them.
enum ServiceVerbList {
    static let all: [any ServiceVerbs.Type] = [
        RecognitionVerbList.self,
        IdentityVerbList.self,
        ConsultationVerbList.self,
        DiagnosisVerbList.self,
        ReferralVerbList.self,
        AdverseVerbList.self,
        IndicatorsVerbList.self,
        InventoryVerbList.self,
    ]

    /// What services show in the demo, in the order of the same list.
    static var scenes: [any DemoScene.Type] { all.compactMap { $0.scene } }

    static var nouns: [any ParsableCommand.Type] { all.flatMap { $0.nouns } }

    /// The texts of their commands, and those of the options that all share.
    static let words: [VerbWords] = [.options] + all.map { $0.words }
}

/// The services that put pages into the console, one line each, in the order of the menu.
enum ServicePageList {
    static let all: [any ServicePages.Type] = [
        RecordPages.self,
        CardPages.self,
        RecognitionWatch.self,
        IdentityWork.self,
        ConsultationWork.self,
        DiagnosisWork.self,
        ReferralWork.self,
        AdverseWork.self,
        InventoryWork.self,
        IndicatorPages.self,
    ]
}
