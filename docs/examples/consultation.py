#!/usr/bin/env python3
"""Asks for an ECG reading from Zhangzhuang (张庄镇), and answers as the expert. Python's standard library only.

  consultation.py SANDBOX fhir ORDER     asks by a FHIR ServiceRequest
  consultation.py SANDBOX hl7 ORDER      asks by an ORM^O01 over MLLP
  consultation.py SANDBOX where ORDER    says where the request stands, by its order's number
  consultation.py SANDBOX read ORDER     the expert's hospital claims it and reports, by FHIR's Task
"""

import base64
import datetime
import sys
import time
import urllib.parse

import mllp
import sandbox

PERSON = "999999195502039281"
KINDS = "urn:yilian:consultation:kind"
DOCTOR, EXPERT = "zhangzhuang-doctor", "ecg-li"
PDF = base64.b64encode(b"%PDF-1.4\n% an ECG\n").decode()


def by_fhir(node, order):
    request = {
        "resourceType": "ServiceRequest", "status": "active", "intent": "order",
        "identifier": [{"type": {"coding": [{"code": "PLAC"}]}, "system": "HIS", "value": order}],
        "code": {"coding": [{"system": KINDS, "code": "ecg-routine"}]},
        "subject": {"reference": "#patient"}, "requester": {"identifier": {"value": DOCTOR}},
        "reasonCode": [{"text": "请阅心电图"}], "note": [{"text": "胸闷两天"}],
        "supportingInfo": [{"reference": "#ecg"}, {"type": "Consent", "identifier": {"value": "TY-1"}}],
        "contained": [
            {"resourceType": "Patient", "id": "patient", "name": [{"text": "王秀英"}], "gender": "female",
             "birthDate": "1955-02-03",
             "identifier": [{"system": "urn:oid:2.16.156.10011.1.3", "value": PERSON}]},
            {"resourceType": "DocumentReference", "id": "ecg", "status": "current", "content": [
                {"attachment": {"contentType": "application/pdf", "title": "心电图", "data": PDF}}]}]}
    status, headers, outcome = node.call("POST", "/ServiceRequest", request)
    print(status, headers.get("Location", ""))
    sandbox.told(outcome)
    return status in (200, 201)


def by_hl7(node, order):
    stamp = datetime.datetime.now().strftime("%Y%m%d%H%M%S")
    answer = mllp.send(node.mllp, "\r".join([
        f"MSH|^~\\&|HIS|ZZ|YILIAN|ZZ|{stamp}||ORM^O01^ORM_O01|{order}-1|P|2.5.1||||||UNICODE UTF-8",
        f"PID|1||{PERSON}^^^&2.16.156.10011.1.3&ISO^NI||王秀英||19550203|F",
        f"ORC|NW|{order}^HIS||||||||||{DOCTOR}",
        f"OBR|1|{order}^HIS||ecg-routine^常规心电诊断^99YILIAN" + "|" * 9 + "胸闷两天" + "|" * 18 + "^请阅心电图",
        f"OBX|1|ED|11524-6^心电图^LN||HIS^AP^PDF^Base64^{PDF}||||||F",
        "OBX|2|ST|59284-0^知情同意书^LN||TY-2||||||F", ""]))
    code = mllp.fields(answer, "MSA")[0][1]
    print(code)
    for error in mllp.fields(answer, "ERR"):
        print("  " + "|".join(error))
    return code == "AA"


def tasks(node, **query):
    _, _, bundle = node.call("GET", "/Task?" + urllib.parse.urlencode(query))
    return [entry["resource"] for entry in bundle.get("entry", [])]


def where(node, order):
    for task in tasks(node, identifier="HIS|" + order):
        owner = task.get("owner", {}).get("identifier", {}).get("value", "nobody")
        print(task["id"], task["status"], task["businessStatus"]["coding"][0]["code"], "owner:", owner)
    return True


def change(node, identifier, **members):
    """Changes a Task from the version that was read: whoever was faster is named in the refusal."""
    _, headers, _ = node.call("GET", "/Task/" + identifier)
    status, _, answer = node.call(
        "PUT", "/Task/" + identifier, {"resourceType": "Task", "id": identifier, **members},
        practitioner=EXPERT, If_Match=headers["ETag"])
    print(status, answer.get("status", ""))
    sandbox.told(answer)
    return status == 200


def as_expert(node, home, order):
    identifier = tasks(node, identifier="HIS|" + order)[0]["id"]
    # It is offered within moments; the links between the nodes carry it.
    while not any(task["id"] == identifier for task in tasks(home, **{"business-status": "offered"})):
        time.sleep(1)
    owner = {"identifier": {"value": EXPERT}}
    _, _, request = home.call("GET", "/ServiceRequest/" + identifier, practitioner=EXPERT)
    print("asked:", request.get("reasonCode", [{}])[0].get("text"))
    return change(home, identifier, status="in-progress", owner=owner) and change(
        home, identifier, status="completed", owner=owner, output=[
            {"type": {"coding": [{"system": "http://loinc.org", "code": "59776-5"}]}, "valueString": "窦性心律，心率72次/分"},
            {"type": {"coding": [{"system": "http://loinc.org", "code": "55110-1"}]}, "valueString": "正常心电图"}])


if __name__ == "__main__":
    FOLDER, WHAT, ORDER = sys.argv[1:4]
    HERE = sandbox.Node(FOLDER, "zhangzhuang")
    DONE = {
        "fhir": lambda: by_fhir(HERE, ORDER), "hl7": lambda: by_hl7(HERE, ORDER), "where": lambda: where(HERE, ORDER),
        "read": lambda: as_expert(HERE, sandbox.Node(FOLDER, "pingding"), ORDER),
    }[WHAT]()
    sys.exit(0 if DONE else 1)
