#!/usr/bin/env python3
"""Sends a laboratory result and finds it again. Python's standard library only.

  results.py SANDBOX mllp       sends it as an ORU^R01 over MLLP
  results.py SANDBOX fhir       sends it as a FHIR Bundle
  results.py SANDBOX search     searches by the patient's number: in the body, never in the address
"""

import datetime
import json
import ssl
import sys
import urllib.parse
import urllib.request
import uuid

import mllp
import sandbox

PERSON = "999999195502039281"
NOW = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).replace(microsecond=0)


def by_mllp(node):
    stamp = NOW.strftime("%Y%m%d%H%M%S") + "+0800"
    number = uuid.uuid4().hex[:10]
    message = "\r".join([
        f"MSH|^~\\&|LIS|ZZ|YILIAN|ZZ|{stamp}||ORU^R01^ORU_R01|{number}|P|2.5.1||||||UNICODE UTF-8",
        f"PID|1||{PERSON}^^^&2.16.156.10011.1.3&ISO^NI||王秀英||19550203|F",
        f"ORC|RE|O{number}^HIS|F{number}^LIS",
        f"OBR|1|O{number}^HIS|F{number}^LIS|XT^血糖^L|||{stamp}|||||||||||||||{stamp}||LAB|F",
        f"OBX|1|NM|GLU^葡萄糖^L||5.2|mmol/L|3.9-6.1|N|||F|||{stamp}", ""])
    answer = mllp.send(node.mllp, message)
    code = mllp.fields(answer, "MSA")[0][1]
    print(code)
    for error in mllp.fields(answer, "ERR"):
        print("  " + "|".join(error))
    return code == "AA"


def by_fhir(node):
    number = "F" + uuid.uuid4().hex[:10]
    patient = {
        "resourceType": "Patient", "name": [{"text": "王秀英"}], "gender": "female", "birthDate": "1955-02-03",
        "identifier": [{"system": "urn:oid:2.16.156.10011.1.3", "value": PERSON,
                        "type": {"coding": [{"code": "NI"}]}}]}
    glucose = {
        "resourceType": "Observation", "status": "final", "subject": {"reference": "urn:uuid:p"},
        "code": {"coding": [{"system": "urn:zz:codes", "code": "GLU", "display": "葡萄糖"}]},
        "valueQuantity": {"value": 5.2, "unit": "mmol/L"}}
    report = {
        "resourceType": "DiagnosticReport", "status": "final", "subject": {"reference": "urn:uuid:p"},
        "identifier": [{"system": "urn:zz:lis", "value": number, "type": {"coding": [{"code": "FILL"}]}}],
        "code": {"coding": [{"system": "urn:zz:codes", "code": "XT", "display": "血糖"}]},
        "category": [{"coding": [{"code": "LAB"}]}], "effectiveDateTime": NOW.isoformat(), "issued": NOW.isoformat(),
        "result": [{"reference": "urn:uuid:o"}]}
    bundle = {
        "resourceType": "Bundle", "type": "collection", "identifier": {"system": "urn:zz:his", "value": number},
        "entry": [{"fullUrl": "urn:uuid:" + name, "resource": resource}
                  for name, resource in (("p", patient), ("o", glucose), ("r", report))]}
    status, _, outcome = node.call("POST", "", bundle)
    print(status)
    sandbox.told(outcome)
    return status in (200, 201)


def reports(node):
    """The patient's reports, wherever in the region they lie."""
    form = urllib.parse.urlencode({"patient.identifier": "urn:oid:2.16.156.10011.1.3|" + PERSON})
    request = urllib.request.Request(
        node.fhir + "/DiagnosticReport/_search", data=form.encode(), method="POST",
        headers={"Authorization": "Bearer " + node.token, "X-Yilian-Order": "O-1",
                 "Content-Type": "application/x-www-form-urlencoded"})
    with urllib.request.urlopen(request, context=node.context, timeout=30) as answer:
        found = [entry["resource"] for entry in json.load(answer).get("entry", [])]
    return [resource for resource in found if resource["resourceType"] == "DiagnosticReport"]


def search(node):
    found = reports(node)
    for report in found:
        print(report["id"], report.get("issued"), report["code"].get("text") or report["code"]["coding"][0])
    return bool(found)


if __name__ == "__main__":
    NODE = sandbox.Node(sys.argv[1], "zhangzhuang")
    sys.exit(0 if {"mllp": by_mllp, "fhir": by_fhir, "search": search}[sys.argv[2]](NODE) else 1)
