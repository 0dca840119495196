/// FHIR's way to say what became of a request, and what was wrong with it.
package struct OperationOutcome: Equatable, Sendable {
    package enum Severity: String, Equatable, Sendable {
        case fatal, error, warning, information
    }

    /// A code of FHIR's `issue-type`.
    package struct IssueType: RawRepresentable, Hashable, Sendable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let structure = IssueType(rawValue: "structure")
        package static let required = IssueType(rawValue: "required")
        package static let value = IssueType(rawValue: "value")
        package static let invalid = IssueType(rawValue: "invalid")
        package static let codeInvalid = IssueType(rawValue: "code-invalid")
        package static let notFound = IssueType(rawValue: "not-found")
        package static let notSupported = IssueType(rawValue: "not-supported")
        package static let tooLong = IssueType(rawValue: "too-long")
        package static let security = IssueType(rawValue: "security")
        package static let login = IssueType(rawValue: "login")
        package static let forbidden = IssueType(rawValue: "forbidden")
        package static let conflict = IssueType(rawValue: "conflict")
        package static let businessRule = IssueType(rawValue: "business-rule")
        package static let transient = IssueType(rawValue: "transient")
        package static let throttled = IssueType(rawValue: "throttled")
        package static let timeout = IssueType(rawValue: "timeout")
        package static let exception = IssueType(rawValue: "exception")
        package static let informational = IssueType(rawValue: "informational")
    }

    /// One thing to say.
    ///
    /// Carries no patient data.
    package struct Issue: Equatable, Sendable {
        package var severity: Severity
        package var code: IssueType
        package var diagnostics: String
        /// A FHIRPath to the element, `Bundle.entry[3].resource.status`.
        package var expression: String?
        /// The stable code of what is wrong, and what it means in Chinese.
        package var details: Details?

        package init(
            _ code: IssueType, _ diagnostics: String, expression: String? = nil, severity: Severity = .error
        ) {
            self.severity = severity
            self.code = code
            self.diagnostics = diagnostics
            self.expression = expression
        }
    }

    /// A code of this program's own catalogue of failures.
    package struct Details: Equatable, Sendable {
        package static let system = "urn:yilian:failures"

        package var code: String
        package var text: String

        package init(code: String, text: String) {
            self.code = code
            self.text = text
        }
    }

    package var issues: [Issue]

    package init(_ issues: [Issue]) { self.issues = issues }

    package init(_ code: IssueType, _ diagnostics: String, expression: String? = nil, severity: Severity = .error) {
        issues = [Issue(code, diagnostics, expression: expression, severity: severity)]
    }

    package var json: JSONValue {
        let items = issues.map { issue -> JSONValue in
            var object: JSONObject = [
                "severity": .string(issue.severity.rawValue), "code": .string(issue.code.rawValue),
                "diagnostics": .string(issue.diagnostics),
            ]
            if let expression = issue.expression { object["expression"] = [.string(expression)] }
            if let details = issue.details {
                let coding: JSONValue = ["system": .string(Details.system), "code": .string(details.code)]
                object["details"] = ["coding": [coding], "text": .string(details.text)]
            }
            return .object(object)
        }
        return ["resourceType": "OperationOutcome", "issue": .array(items)]
    }
}
