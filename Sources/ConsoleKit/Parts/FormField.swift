/// One thing that a form asks.
package struct FormField: Sendable {
    package enum Kind: Sendable, Equatable {
        case text
        case password
        /// Six digits that another device shows.
        case oneTimeCode
        case date
        case long
        /// Values with what they are called.
        case choice([Choice])
        /// The same, all of them seen at once.
        case radio([Choice])
        /// Several of these.
        case checks([Choice])
        case file
    }

    package struct Choice: Hashable, Sendable {
        package var value: String
        package var label: String

        package init(_ value: String, _ label: String) {
            self.value = value
            self.label = label
        }
    }

    package var name: String
    package var label: String
    package var kind: Kind
    package var hint: String
    /// What was given before; a password never comes back.
    package var value: String
    package var values: Set<String>
    package var isRequired: Bool
    /// What a browser may fill in; `off` where it is about a person.
    package var autocomplete: String
    package var limit: Int

    package init(
        _ name: String, _ label: String, _ kind: Kind = .text, hint: String = "", value: String = "",
        values: Set<String> = [], isRequired: Bool = false, autocomplete: String = "off", limit: Int = 200
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.hint = hint
        self.value = value
        self.values = values
        self.isRequired = isRequired
        self.autocomplete = autocomplete
        self.limit = limit
    }

    /// The field with what is wrong with it between its label and itself.
    func html(error: String?) -> HTML {
        let hintMark: HTML = .when(!hint.isEmpty, " <span class=\"hint\" id=\"\(name)-h\">\(hint)</span>")
        let why: HTML = .each(error) { "<span class=\"why-wrong\" id=\"\(name)-w\">\($0)</span>" }
        switch kind {
        case .radio(let choices): return group("radio", choices, hintMark, why, isWrong: error != nil)
        case .checks(let choices): return group("checkbox", choices, hintMark, why, isWrong: error != nil)
        default:
            return """
                <div class="field\(error == nil ? "" : " wrong")"><label for="\(name)">\(label)\(hintMark)</label>\(why)\
                \(control(error: error))</div>
                """
        }
    }

    private func group(
        _ type: String, _ choices: [Choice], _ hintMark: HTML, _ why: HTML, isWrong: Bool
    ) -> HTML {
        let picks = choices.enumerated().map { index, choice -> HTML in
            let id = index == 0 ? name : "\(name)-\(index)"
            let isOn = values.contains(choice.value) || value == choice.value
            return """
                <label class="pick" for="\(id)"><input type="\(type)" id="\(id)" name="\(name)" value="\(choice.value)"\
                \(.when(isOn, " checked"))>\(choice.label)</label>
                """
        }
        return """
            <fieldset class="field\(isWrong ? " wrong" : "")"><legend class="label">\(label)\(hintMark)</legend>\(why)\
            <div class="picks">\(picks)</div></fieldset>
            """
    }

    /// The control alone; its hint is shown by whoever points at it.
    var bareControl: HTML { control(error: nil, isAlone: true) }

    private func control(error: String?, isAlone: Bool = false) -> HTML {
        let hasHint = !isAlone && !hint.isEmpty
        let described = [error == nil ? "" : "\(name)-w", hasHint ? "\(name)-h" : ""].filter { !$0.isEmpty }
        let common: HTML = """
            id="\(name)" name="\(name)" autocomplete="\(autocomplete)"\(.when(isRequired, " required"))\
            \(.when(error != nil, " aria-invalid=\"true\""))\
            \(.when(!described.isEmpty, " aria-describedby=\"\(described.joined(separator: " "))\""))\
            \(.when(isAlone && !hint.isEmpty, " title=\"\(hint)\""))
            """
        switch kind {
        case .choice(let choices):
            let options = choices.map { choice -> HTML in
                "<option value=\"\(choice.value)\"\(.when(choice.value == value, " selected"))>\(choice.label)</option>"
            }
            return "<select \(common)>\(options)</select>"
        case .long: return "<textarea \(common) maxlength=\"\(limit)\">\(value)</textarea>"
        case .password: return "<input type=\"password\" \(common) maxlength=\"\(limit)\">"
        case .oneTimeCode:
            return """
                <input class="otp" \(common) inputmode="numeric" pattern="[0-9]{6}" maxlength="6">
                """
        case .date: return "<input type=\"date\" \(common) value=\"\(value)\">"
        case .file: return "<input type=\"file\" \(common)>"
        case .text, .radio, .checks:
            return """
                <input \(common) maxlength="\(limit)" value="\(value)" autocapitalize="none" spellcheck="false">
                """
        }
    }
}
