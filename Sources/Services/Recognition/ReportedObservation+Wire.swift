import Wire

extension Coding {
    func write(to writer: inout ProtobufWriter) {
        for code in codes {
            writer.message(1) { writer in
                writer.text(1, code.code)
                writer.text(2, code.display)
                writer.text(3, code.system)
            }
        }
        writer.text(2, text)
        writer.truth(3, text != nil)
    }

    var wire: PBRecognitionCoding {
        var message = PBRecognitionCoding()
        message.codes = codes.map { code in
            var part = PBRecognitionCode()
            part.code = code.code
            part.display = code.display
            part.system = code.system
            return part
        }
        message.text = text ?? ""
        message.hasText_p = text != nil
        return message
    }

    init(wire message: PBRecognitionCoding) {
        self.init(
            codes: message.codes.map { Code(code: $0.code, display: $0.display, system: $0.system) },
            text: message.hasText_p ? message.text : nil)
    }
}

extension ReportedObservation {
    func write(to writer: inout ProtobufWriter) {
        writer.text(1, setID)
        writer.message(2) { code.write(to: &$0) }
        writer.text(3, subID)
        writer.text(4, valueType)
        writer.text(5, value)
        if let valueCoding { writer.message(6) { valueCoding.write(to: &$0) } }
        if let unit { writer.message(7) { unit.write(to: &$0) } }
        writer.text(8, referenceRange)
        for flag in flags { writer.element(9, flag) }
        writer.text(10, status)
        writer.text(11, method)
        writer.text(12, observedTime)
        for note in notes { writer.element(13, note) }
        for detail in details { writer.message(14) { detail.write(to: &$0) } }
        writer.truth(15, isInherited)
    }

    var wire: PBRecognitionObservation {
        var message = PBRecognitionObservation()
        message.setID = setID
        message.code = code.wire
        message.subID = subID ?? ""
        message.valueType = valueType
        message.value = value
        if let valueCoding { message.valueCoding = valueCoding.wire }
        if let unit { message.unit = unit.wire }
        message.referenceRange = referenceRange ?? ""
        message.flags = flags
        message.status = status
        message.method = method ?? ""
        message.observedTime = observedTime ?? ""
        message.notes = notes
        message.details = details.map(\.wire)
        message.inherited = isInherited
        return message
    }

    init(wire message: PBRecognitionObservation) {
        self.init(
            setID: message.setID, code: Coding(wire: message.code), subID: message.subID.nonEmpty,
            valueType: message.valueType, value: message.value,
            valueCoding: message.hasValueCoding ? Coding(wire: message.valueCoding) : nil,
            unit: message.hasUnit ? Coding(wire: message.unit) : nil, referenceRange: message.referenceRange.nonEmpty,
            flags: message.flags, status: message.status, method: message.method.nonEmpty,
            observedTime: message.observedTime.nonEmpty, notes: message.notes,
            details: message.details.map(ReportDetail.init(wire:)))
        isInherited = message.inherited
    }
}

extension ReportDetail {
    func write(to writer: inout ProtobufWriter) {
        writer.text(1, name)
        writer.text(2, value)
    }

    var wire: PBRecognitionDetail {
        var message = PBRecognitionDetail()
        message.name = name
        message.value = value
        return message
    }

    init(wire message: PBRecognitionDetail) {
        self.init(name: message.name, value: message.value)
    }
}

extension ParentResult {
    func write(to writer: inout ProtobufWriter) {
        if let code { writer.message(1) { code.write(to: &$0) } }
        writer.text(2, subID)
        writer.text(3, value)
        writer.text(4, fillerOrderNumber)
        writer.text(5, placerOrderNumber)
    }

    var wire: PBRecognitionParentResult {
        var message = PBRecognitionParentResult()
        if let code { message.code = code.wire }
        message.subID = subID ?? ""
        message.value = value ?? ""
        message.fillerOrderNumber = fillerOrderNumber ?? ""
        message.placerOrderNumber = placerOrderNumber ?? ""
        return message
    }

    init(wire message: PBRecognitionParentResult) {
        self.init(
            code: message.hasCode ? Coding(wire: message.code) : nil, subID: message.subID.nonEmpty,
            value: message.value.nonEmpty, fillerOrderNumber: message.fillerOrderNumber.nonEmpty,
            placerOrderNumber: message.placerOrderNumber.nonEmpty)
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
