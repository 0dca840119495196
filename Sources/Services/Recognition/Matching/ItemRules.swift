import Effects
import Regions

/// Whether a line of a result is what is ordered: the item, its specimen, its unit, its method.
struct ItemRules {
    let rules: RecognitionIndex

    /// - Parameters:
    ///   - item: the version that is in force now, as it is ordered.
    ///   - moment: the report time.
    func steps(_ line: ReportLine, _ item: CatalogueItem, at moment: WallTime) -> [TrailStep] {
        let published = rules.item(line.item, version: line.itemVersion)
        return [
            itemStep(line, item, published), specimen(line, item, published), unit(line, item, published),
            method(line, item),
        ].compactMap { $0 }
    }

    private func itemStep(_ line: ReportLine, _ item: CatalogueItem, _ published: CatalogueItem?) -> TrailStep {
        let input = "\(line.item) v\(line.itemVersion)"
        guard published != nil else {
            return TrailStep(
                .item, .doubt, input: input, "报告按目录第\(line.itemVersion)版上传，本节点目录中没有该版本。",
                "published under version \(line.itemVersion) of the item, which this node's catalogue lacks.")
        }
        return TrailStep(
            .item, .passed, input: input, "目录项目\(item.name)（\(item.code)）。",
            "catalogue item \(item.englishName) (\(item.code)).")
    }

    private func stated(_ stated: ReportLine.Stated, _ published: String?) -> String {
        switch stated {
        case .asCatalogue: published ?? ""
        case .other(let text): text
        }
    }

    private func specimen(_ line: ReportLine, _ item: CatalogueItem, _ published: CatalogueItem?) -> TrailStep? {
        guard let wanted = item.specimen else { return nil }
        let found = stated(line.specimen, (published ?? item).specimen)
        let (foundName, wantedName) = (name(found), name(wanted))
        if found == wanted {
            return TrailStep(.specimen, .passed, input: wanted, "标本一致：\(wantedName)。", "same specimen: \(wanted).")
        }
        guard !found.isEmpty else {
            return TrailStep(
                .specimen, .doubt, input: "?→\(wanted)", "报告未注明标本类型，所需标本为\(wantedName)。",
                "the report states no specimen; \(wanted) is ordered.")
        }
        if rules.rules.specimens.contains(where: { $0.code == wanted && $0.comparable.contains(found) }) {
            return TrailStep(
                .specimen, .passed, input: "\(found)→\(wanted)", "标本\(foundName)与\(wantedName)已登记为可比。",
                "specimen \(found) is registered as comparable with \(wanted).")
        }
        return TrailStep(
            .specimen, .failed, input: "\(found)→\(wanted)", "标本不一致：\(foundName)，所需为\(wantedName)。",
            "other specimen: \(found), not \(wanted).")
    }

    private func unit(_ line: ReportLine, _ item: CatalogueItem, _ published: CatalogueItem?) -> TrailStep? {
        guard let wanted = item.unit else { return nil }
        let found = stated(line.unit, (published ?? item).unit)
        if found == wanted {
            return TrailStep(.unit, .passed, input: wanted, "单位一致：\(wanted)。", "same unit: \(wanted).")
        }
        guard !found.isEmpty else {
            return TrailStep(
                .unit, .failed, input: "?→\(wanted)", "报告未注明单位，无法与\(wanted)比较。",
                "the report states no unit, so it cannot be compared with \(wanted).")
        }
        if let conversion = rules.conversion(from: found, to: wanted, item: item.code) {
            return TrailStep(
                .unit, .passed, input: "\(found)×\(conversion.factor)→\(wanted)",
                "单位\(found)按登记的系数\(conversion.factor)换算为\(wanted)。",
                "unit \(found) is converted to \(wanted) by the registered factor \(conversion.factor).")
        }
        return TrailStep(
            .unit, .failed, input: "\(found)→\(wanted)", "单位不一致且未登记换算：\(found)，所需为\(wanted)。",
            "other unit without a registered conversion: \(found), not \(wanted).")
    }

    private func method(_ line: ReportLine, _ item: CatalogueItem) -> TrailStep? {
        guard let wanted = item.methodGroup, let found = line.method,
            found.lowercased() != wanted.lowercased()
        else { return nil }
        return TrailStep(
            .method, .doubt, input: "\(found)→\(wanted)", "检测方法为\(found)，目录方法组为\(wanted)。",
            "measured by \(found), the catalogue's method group is \(wanted).")
    }

    private func name(_ code: String) -> String {
        rules.rules.specimens.first { $0.code == code }?.name ?? code
    }
}
