import Effects
import Regions

extension CatalogueItem {
    var message: PBCatalogueItem {
        var message = PBCatalogueItem()
        message.code = code
        message.version = Int64(version)
        message.name = name
        message.englishName = englishName
        message.examinationClass = examinationClass.rawValue
        message.specimen = specimen ?? ""
        message.unit = unit ?? ""
        message.methodGroup = methodGroup ?? ""
        message.windowDays = Int64(windowDays)
        message.windowSource = windowSource.rawValue
        if let price {
            message.price.fen = Int64(price.fen)
            message.price.version = price.version
        }
        message.loinc = loinc ?? ""
        message.from = from.milliseconds
        if let to { message.to = to.milliseconds }
        return message
    }

    /// A source of the window that this release does not know is the region's own: it claims nothing.
    init(_ message: PBCatalogueItem) throws {
        self.init(
            code: message.code,
            version: try PeerNumber.count(message.version, atMost: Limits.versions, "a catalogue item's version"),
            name: message.name, englishName: message.englishName,
            examinationClass: ExaminationClass(rawValue: message.examinationClass),
            specimen: message.specimen.ifGiven,
            unit: message.unit.ifGiven,
            methodGroup: message.methodGroup.ifGiven,
            windowDays: try PeerNumber.count(
                message.windowDays, atMost: Limits.recognitionWindowDays, "the window of a catalogue item"),
            windowSource: WindowSource(rawValue: message.windowSource) ?? .region,
            price: message.hasPrice
                ? PriceReference(
                    fen: try PeerNumber.count(message.price.fen, atMost: Limits.priceReferenceFen, "a price"),
                    version: message.price.version) : nil,
            loinc: message.loinc.ifGiven, from: try PeerNumber.time(message.from),
            to: message.hasTo ? try PeerNumber.time(message.to) : nil)
    }
}

extension CataloguePanel {
    var message: PBCataloguePanel {
        var message = PBCataloguePanel()
        message.code = code
        message.name = name
        message.englishName = englishName
        message.items = items
        return message
    }

    init(_ message: PBCataloguePanel) {
        self.init(code: message.code, name: message.name, englishName: message.englishName, items: message.items)
    }
}

extension LocalCode {
    var message: PBLocalCode {
        var message = PBLocalCode()
        message.unit = unit?.rawValue ?? ""
        message.system = system
        message.code = code
        message.item = item
        return message
    }

    init(_ message: PBLocalCode) throws {
        self.init(
            unit: try message.unit.ifGiven.map { try OrgUnitID($0) }, system: message.system,
            code: message.code, item: message.item)
    }
}
