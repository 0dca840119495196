import Effects
import Foundation
import Ledgers
import MessageCorpus
import NodeRuntime
import Recognition
import Regions
import Testing
import Wire
import WorkflowKit
import YilianTestKit

@testable import Consultation

/// Extreme numbers and texts in every field of a region configuration, signed by the root, and of a node that reads it.
@Suite("Extreme region configurations", .serialized)
struct ExtremeConfigurationTests {
    @Test("each is read or refused, and what is read can be worked with")
    func sections() async {
        let trail = Trail("sections")
        await #expect(processExitsWith: .success) {
            let trail = Trail("sections", process: getppid())
            await Attack.saying {
                try await ExtremeRegion.run { extreme in
                    let honest = try extreme.region.configuration.wireBytes()
                    var (tries, taken) = (0, 0)
                    let now = extreme.region.clock.time.wallTime
                    let sections = ServiceList.sections.region
                    let all = ExtremeValues.variants(of: honest, depth: 5)
                    for variant in ExtremeForms.some(of: all, atMost: ExtremeForms.tries(1_200)) {
                        trail.note(variant.place)
                        tries += 1
                        guard let configuration = try? RegionConfiguration(wireBytes: variant.bytes, sections: sections)
                        else { continue }
                        taken += 1
                        try ExtremeConfiguration.work(with: configuration)
                        let key = extreme.region.foundry.rootKey
                        guard let signed = try? RegionRegistry.sign(configuration, with: key),
                            let registry = try? RegionRegistry(
                                rootKey: key.publicKey, initial: signed, sections: sections, now: now)
                        else { continue }
                        _ = registry.tree(at: now)
                    }
                    #expect(tries > 600 && taken > 50, "\(taken) of \(tries) were taken")
                }
            }
            trail.note(nil)
        }
        trail.expectEnded()
    }
}

/// What a node does with a region configuration that it has read.
enum ExtremeConfiguration {
    static func work(with configuration: RegionConfiguration) throws {
        let node = configuration.nodes.first?.id
        for time in [configuration.validFrom, WallTime(milliseconds: .min), WallTime(milliseconds: .max)] {
            let tree = ManagementTree(configuration, at: time)
            for id in [node, tree.root].compactMap({ $0 }) {
                _ = tree.descendants(of: id)
                _ = tree.city(of: id)
                _ = configuration.organizationUnits(at: id)
            }
            let rules = RecognitionIndex(configuration.recognition)
            for item in configuration.recognition.items.prefix(3) {
                _ = rules.item(item.code, at: time)
                _ = ReportTime.endOfDay(item.windowDays, after: time)
            }
            for level in configuration.serviceLevels {
                let terms = ConsultationTerms(level, requestedTime: time)
                for seconds in ConsultationWorkflow.table.timers.compactMap({ $0.lengthSeconds(terms) }) {
                    for calendar in [
                        CaseCalendar.always, CaseCalendar(dayMinutes: 480..<1_020, holidays: [], countsWeekends: false),
                    ] {
                        _ = calendar.time(seconds: seconds, after: time).milliseconds
                    }
                }
            }
        }
        _ = RegionDifference(from: configuration, to: configuration)
        let again = try RegionConfiguration(
            wireBytes: configuration.wireBytes(), sections: ServiceList.sections.region)
        #expect(again == configuration)
    }
}
