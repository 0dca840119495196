import Demo
import Effects
import Testing

@Suite("The catalogue of the demo's institutions")
struct CatalogueTests {
    @Test func itIsAsLargeAsACountyNeeds() {
        let panels = LaboratoryCatalogue.panels
        #expect(panels.count >= 12)
        #expect(Set(panels.flatMap(\.items).map(\.code)).count >= 60)
        #expect(ExaminationCatalogue.imaging.count + ExaminationCatalogue.ecg.count >= 25)
    }

    @Test func codesAreUniqueWhereTheyMustBe() {
        let panels = LaboratoryCatalogue.panels
        #expect(Set(panels.map(\.code)).count == panels.count)
        for panel in panels {
            #expect(Set(panel.items.map(\.code)).count == panel.items.count)
        }
        let examinations = ExaminationCatalogue.imaging + ExaminationCatalogue.ecg
        #expect(Set(examinations.map(\.code)).count == examinations.count)
    }

    @Test func referenceRangesHaveTheirLimitsInOrder() {
        for item in LaboratoryCatalogue.panels.flatMap(\.items) {
            for range in [item.male, item.female] {
                if let low = range.low, let high = range.high { #expect(low < high) }
            }
        }
    }

    @Test func someRangesDependOnTheSex() {
        let items = LaboratoryCatalogue.panels.flatMap(\.items)
        #expect(items.count { $0.male != $0.female } >= 8)
        #expect(items.first { $0.code == "HGB" }?.range(.male).text == "130-175")
        #expect(items.first { $0.code == "HGB" }?.range(.female).text == "115-150")
    }

    @Test func rangesArePrintedAsReportsDo() {
        #expect(ReferenceRange(low: 3.5, high: 9.5).text == "3.5-9.5")
        #expect(ReferenceRange(low: nil, high: 5.2).text == "<5.2")
        #expect(ReferenceRange(low: 1.04, high: nil).text == ">1.04")
        #expect(ReferenceRange(low: 3.5, high: 9.5).flag(9.51) == "H")
        #expect(ReferenceRange(low: 3.5, high: 9.5).flag(3.5) == "N")
    }

    @Test func townshipsDoOnlyWhatTheyCan() {
        let sections = ExaminationCatalogue.imaging.filter { $0.townshipWeight > 0 }.map(\.section)
        #expect(!sections.contains("CT"))
        #expect(!sections.contains("NMR"))
        #expect(LaboratoryCatalogue.townshipWeights.contains { $0 > 0 })
    }

    @Test func aTemplateFillsTheSamePlaceAlike() {
        let template = TextTemplate("{左|右}肺{3-9}mm，{左|右}侧，{0.8-1.4}{|轻}")
        for seed in 0..<50 {
            var filled: [String: String] = [:]
            let text = template.fill(&filled, from: SeededRandom(seed: UInt64(seed)))
            #expect(!text.contains("{"))
            let side = text.first == "左" ? "左" : "右"
            #expect(text.contains("，\(side)侧，"))
            let number = Double(filled["0.8-1.4"] ?? "") ?? 0
            #expect((0.8...1.4).contains(number))
            #expect(filled["0.8-1.4"]?.count == 3)
        }
    }
}
