"""Where the nodes of a sandbox are, and how to speak to them. Python's standard library only.

`yilian demo --keep sandbox` writes sandbox/region.json: addresses, the CA and the token of each node's hospital system.
"""

import json
import ssl
import urllib.error
import urllib.request


class Node:
    """One node, as its hospital's system speaks to it."""

    def __init__(self, folder, name):
        with open(folder + "/region.json", encoding="utf-8") as file:
            sheet = json.load(file)
        node = next(node for node in sheet["nodes"] if node["id"] == name)
        host, port = node["mllp"].rsplit(":", 1)
        self.mllp = (host.strip("[]"), int(port))
        self.fhir = node["fhir"]
        self.context = ssl.create_default_context(cafile=node["caFile"])
        with open(node["tokenFile"], encoding="utf-8") as file:
            self.token = file.read().strip()

    def call(self, method, path, body=None, practitioner=None, **headers):
        """One request of the FHIR interface: status, headers, resource. What is refused is an answer, too."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers["Authorization"] = "Bearer " + self.token
        headers["Content-Type"] = "application/fhir+json"
        if practitioner:
            headers["X-Yilian-Practitioner"] = practitioner
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.fhir + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
                return answer.status, answer.headers, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, json.load(refusal)


def told(outcome):
    """What an OperationOutcome says, a line for each issue."""
    for issue in outcome.get("issue", []):
        place = " ".join(issue.get("expression", []))
        print(f"  {issue['severity']}: {issue.get('diagnostics', '')} {place}".rstrip())
