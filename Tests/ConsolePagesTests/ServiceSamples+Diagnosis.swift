import Diagnosis
import Effects
import ServiceKit
import WorkflowKit

/// What a node answers about diagnoses.
extension ServiceSamples {
    private func diagnosis(_ state: String, steps: [String] = ["opened", "offered"]) -> [String: Any] {
        let done = steps.map { event -> [String: Any] in
            [
                "event": event, "at": ago(800), "actor": event == "claimed" ? "dr-li" : text, "node": text,
                "reason": text, "entry": text,
            ]
        }
        return [
            "id": "pingding.\(state)", "kind": "ecg", "topic": "ecg", "madeAt": ago(900), "state": state,
            "isOpen": state != "acknowledged", "home": "pingding", "term": 1, "candidates": ["dr-li", text],
            "dues": [["timer": "reportDeadline", "at": ago(-60)]],
            "items": [["name": text, "state": "inTransit"]], "steps": done, "refusedSteps": 0,
        ]
    }

    var diagnoses: [ServedEndpoint] {
        let cases = DiagnosisEndpoints.cases
        return [
            cases.list.serve { _ in
                try self.value([
                    self.diagnosis("offered"), self.diagnosis("claimed", steps: ["offered", "claimed"]),
                    self.diagnosis("acknowledged"),
                ])
            },
            cases.forms.serve { _ in CaseFormInfo.all(of: DiagnosisWorkflow.self) },
            cases.read.serve { reading in
                let state = reading.id.split(separator: ".").last.map(String.init) ?? "offered"
                let steps = state == "claimed" ? ["offered", "claimed"] : ["offered"]
                return try self.value(
                    [
                        "about": self.diagnosis(state, steps: steps), "isContentHere": true, "patientName": self.text,
                        "values": [["field": "question", "text": self.text]], "references": [self.text],
                        "writings": [
                            [
                                "event": "graded", "at": self.ago(700), "actor": self.text,
                                "values": [["field": "grade", "text": "usable"]],
                            ] as [String: Any]
                        ],
                    ] as [String: Any])
            },
            cases.act.serve { action in
                self.diagnosed.withLock { $0.append(action) }
                return try self.value(
                    [
                        "id": action.id, "home": "pingding", "state": "reported", "entry": "e", "time": self.ago(0),
                        "isDuplicate": false,
                    ] as [String: Any])
            },
            DiagnosisEndpoints.levels.serve { _ in
                try self.value([
                    [
                        "kind": "ecg", "name": self.text, "modality": "ecg", "priority": "emergency",
                        "claimSeconds": 1, "reportSeconds": 1,
                    ] as [String: Any]
                ])
            },
            DiagnosisEndpoints.experts.serve { _ in
                try self.value([
                    [
                        "id": "dr-li", "name": self.text, "roster": "pingding", "node": "pingding",
                        "specialties": [self.text], "capabilities": [String](), "isOnDuty": true, "load": 1,
                        "capacity": 5,
                    ] as [String: Any]
                ])
            },
            DiagnosisEndpoints.request.serve { _ in
                try self.value(["id": "pingding.offered", "isDuplicate": false] as [String: Any])
            },
        ]
    }
}
