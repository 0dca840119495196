import Effects
import Foundation
import Ledgers
import Recognition
import Regions
import TestKit
import Testing
import Wire

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
                    let node = try NodeID("pingding")
                    var (tries, taken) = (0, 0)
                    let now = extreme.region.clock.time.wallTime
                    for variant in ExtremeValues.variants(of: honest, depth: 5) {
                        trail.note(variant.place)
                        tries += 1
                        guard let configuration = try? RegionConfiguration(wireBytes: variant.bytes) else { continue }
                        taken += 1
                        for time in [now, WallTime(milliseconds: .min), WallTime(milliseconds: .max)] {
                            let tree = ManagementTree(configuration, at: time)
                            _ = tree.descendants(of: node)
                            _ = tree.city(of: node)
                        }
                        let rules = RecognitionIndex(configuration.recognition)
                        for item in configuration.recognition.items.prefix(3) {
                            _ = rules.item(item.code, at: now)
                            _ = ReportTime.endOfDay(item.windowDays, after: now)
                        }
                        let key = extreme.region.foundry.rootKey
                        guard let signed = try? RegionRegistry.sign(configuration, with: key),
                            let registry = try? RegionRegistry(rootKey: key.publicKey, initial: signed, now: now)
                        else { continue }
                        _ = registry.tree(at: now)
                    }
                    #expect(tries > 1_000 && taken > 50, "\(taken) of \(tries) were taken")
                }
            }
            trail.note(nil)
        }
        trail.expectEnded()
    }
}
