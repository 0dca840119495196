#!/usr/bin/env python3
"""Refers a patient from Zhangzhuang (张庄镇) up to the county and back, as both hospitals' systems. Python's standard library only.

  referral.py SANDBOX fhir ORDER [UNITS]   by FHIR's ServiceRequest and Task
  referral.py SANDBOX hl7 ORDER PORTS [UNITS]
      by REF^I12 and RRI^I12; PORTS are those at which both hospitals take messages (2577,2578)

UNITS are the county's hospital and the township's centre: pingding-renmin,zhangzhuang-wsy.
"""

import datetime
import socket
import sys
import threading
import time

import mllp
import results
import sandbox

KINDS, FIELDS, UNIT = "urn:yilian:referral:kind", "urn:yilian:referral:field", "urn:yilian:institution"
ENTRY = "urn:yilian:fhir:entry"
CHINA = datetime.timezone(datetime.timedelta(hours=8))
TODAY = datetime.datetime.now(CHINA).date().isoformat()
PLAN = {"diagnosis": "不稳定性心绞痛", "plan": "双联抗血小板，两周后复诊", "medicines": "阿司匹林", "watch": "有无出血"}
NURSE, DOCTOR = "zhangzhuang-doctor", "pingding-doctor"


def three_results(node):
    """The entries of three of the patient's results; the township sends what is missing."""
    deadline = time.monotonic() + 60
    while True:
        entries = [extension["valueString"] for report in results.reports(node)
                   for extension in report.get("extension", []) if extension["url"] == ENTRY]
        if len(entries) >= 3:
            return entries[:3]
        if time.monotonic() > deadline:
            sys.exit("three results are not there")
        results.by_mllp(node)


def until(what, look):
    """Looks again and again: the links between the nodes carry things within moments."""
    deadline = time.monotonic() + 60
    while not (found := look()):
        if time.monotonic() > deadline:
            sys.exit("never came: " + what)
        time.sleep(0.3)
    return found


class Hospital:
    """One hospital's system, over FHIR."""

    def __init__(self, node, practitioner, unit):
        self.node, self.practitioner, self.unit = node, practitioner, unit

    def refer(self, order, unit, entries):
        request = {
            "resourceType": "ServiceRequest", "status": "active", "intent": "order",
            "identifier": [{"type": {"coding": [{"code": "PLAC"}]}, "system": "HIS", "value": order}],
            "code": {"coding": [{"system": KINDS, "code": "up-green"}]},
            "subject": {"reference": "#patient"}, "requester": {"identifier": {"value": self.practitioner}},
            "performer": [{"identifier": {"system": UNIT, "value": unit}}],
            "reasonCode": [{"text": "需介入治疗"}], "note": [{"text": "胸痛两小时"}],
            "orderDetail": [{"text": "床位"}],
            "supportingInfo": [{"reference": "#diagnosis"}, {"type": "Consent", "identifier": {"value": "TY-3"}}]
            + [{"type": "DiagnosticReport", "identifier": {"system": ENTRY, "value": entry}} for entry in entries],
            "contained": [
                {"resourceType": "Patient", "id": "patient", "name": [{"text": "王秀英"}], "gender": "female",
                 "birthDate": "1955-02-03",
                 "identifier": [{"system": "urn:oid:2.16.156.10011.1.3", "value": results.PERSON}]},
                {"resourceType": "Condition", "id": "diagnosis", "code": {"text": "不稳定性心绞痛"},
                 "subject": {"reference": "#patient"}}]}
        status, headers, outcome = self.node.call("POST", "/ServiceRequest", request)
        print("refer", status)
        sandbox.told(outcome)
        return headers["Location"].rsplit("/", 1)[1] if status in (200, 201) else sys.exit(1)

    def state(self, identifier):
        status, _, task = self.node.call("GET", "/Task/" + identifier)
        return task["businessStatus"]["coding"][0]["code"] if status == 200 else None

    def act(self, identifier, event, before, values=None, **members):
        """Changes the Task from the version that was read, once the referral stands where that is possible."""
        until(before + " for " + event, lambda: self.state(identifier) == before)
        if values:
            members["output"] = [{"type": {"coding": [{"system": FIELDS, "code": field}]}, "valueString": text}
                                 for field, text in values.items()]
        _, headers, _ = self.node.call("GET", "/Task/" + identifier)
        task = {"resourceType": "Task", "id": identifier, "businessStatus": {"coding": [{"code": event}]}, **members}
        status, _, answer = self.node.call(
            "PUT", "/Task/" + identifier, task, practitioner=self.practitioner, If_Match=headers["ETag"])
        print(event, status)
        sandbox.told(answer)
        return status == 200 or sys.exit(1)

    def open(self, identifier):
        status, _, request = self.node.call("GET", "/ServiceRequest/" + identifier, practitioner=self.practitioner)
        return request if status == 200 else None


def by_fhir(township, county, order):
    entries = three_results(township.node)
    identifier = township.refer(order, county.unit, entries)
    request = until("the referral at the county", lambda: county.open(identifier))
    named = [item["identifier"]["value"] for item in request["supportingInfo"] if item.get("type") == "DiagnosticReport"]
    print("the county reads:", request["reasonCode"][0]["text"], "with", len(named), "results")
    county.act(identifier, "accepted", "offered")
    county.act(identifier, "arrived", "accepted")
    county.act(identifier, "admitted", "arrived")
    county.act(identifier, "discharged", "admitted", {**PLAN, "day": TODAY})
    county.act(identifier, "downOffered", "discharged",
               owner={"identifier": {"system": UNIT, "value": township.unit}})
    township.act(identifier, "downTaken", "downOffered")
    plan = [part["contentString"] for part in until("the plan", lambda: plans(township.open(identifier)))]
    print("the township reads:", "; ".join(plan))
    township.act(identifier, "followedUp", "downTaken", {"text": "按期复诊，无出血"})
    township.act(identifier, "closed", "followedUp")
    return until("the end at the county", lambda: county.state(identifier) == "closed") and set(named) == set(entries)


def plans(request):
    writings = [item for item in (request or {}).get("contained", []) if item["resourceType"] == "Communication"]
    return next((item["payload"] for item in writings if item["category"][0]["coding"][0]["code"] == "discharged"), [])


class Inbox:
    """Takes a hospital's messages and keeps them; each is acknowledged."""

    def __init__(self, port):
        self.messages = []
        self.server = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            stream, _ = self.server.accept()
            with stream:
                for message in mllp.frames(stream):
                    self.messages.append(message)
                    stream.sendall(mllp.START + mllp.acknowledgement(message, "AA").encode() + mllp.END)

    def wait(self, order, event):
        """The message that says that this has become of the order's referral."""
        def look():
            for message in self.messages:
                referral = mllp.fields(message, "RF1")[0]
                if referral[6].split("^")[0] == order and referral[1].split("^")[0] == event:
                    return message
            return None
        return until(event + " over MLLP", look)


def send(node, kind, number, lines):
    stamp = datetime.datetime.now(CHINA).strftime("%Y%m%d%H%M%S+0800")
    answer = mllp.send(node.mllp, "\r".join([
        f"MSH|^~\\&|HIS|ZZ|YILIAN|ZZ|{stamp}||{kind}^I12^{kind}_I12|{number}|P|2.5.1||||||UNICODE UTF-8",
        *lines, ""]))
    code = mllp.fields(answer, "MSA")[0][1]
    for error in mllp.fields(answer, "ERR"):
        print("  " + "|".join(error))
    return answer if code == "AA" else sys.exit(f"{kind} {number}: {code}")


def act(node, practitioner, identifier, event, fields=None, unit=""):
    """An answer to a referral: the event of the workflow in RF1-1, the referral's id in RF1-11, fields in OBX."""
    lines = [f"RF1|{event}^^99YILIAN|||||{identifier}|||||{identifier}^YILIAN", f"PRD|RP||||||{practitioner}"]
    if unit:
        lines.append(f"PRD|RT||||||{unit}")
    for index, (field, text) in enumerate((fields or {}).items(), 1):
        lines.append(f"OBX|{index}|TX|{field}^^99YILIAN||{text}||||||F")
    send(node, "RRI", f"{event[:8]}-{int(time.time() * 1000) % 10**9}", lines)
    print(event, "AA")


def by_hl7(township, county, order, ports):
    at_township, at_county = (Inbox(int(port)) for port in ports)
    entries = three_results(township.node)
    lines = [
        f"RF1|||up-green^^99YILIAN|||{order}^HIS||||^需介入治疗",
        f"PRD|RP||||||{NURSE}", f"PRD|RT||||||{county.unit}",
        f"PID|1||{results.PERSON}^^^&2.16.156.10011.1.3&ISO^NI||王秀英||19550203|F",
        "DG1|1||I20.0^不稳定性心绞痛^I10", "NTE|1||胸痛两小时", "OBX|1|ST|59284-0^知情同意书^LN||TY-4||||||F"]
    lines += [f"OBX|{index}|ST|result^^99YILIAN||{entry}||||||F" for index, entry in enumerate(entries, 2)]
    answer = send(township.node, "REF", order + "-1", lines)
    print("refer", mllp.fields(answer, "MSH")[0][9], mllp.fields(answer, "RF1")[0][1])
    offer = at_county.wait(order, "offered")
    named = [line[5] for line in mllp.fields(offer, "OBX") if line[3].split("^")[0] == "result"]
    identifier = mllp.fields(offer, "RF1")[0][11].split("^")[0]
    print("the county reads:", mllp.fields(offer, "RF1")[0][10].strip("^"), "with", len(named), "results")
    act(county.node, DOCTOR, identifier, "accepted")
    at_township.wait(order, "accepted")
    until("accepted at the county", lambda: county.state(identifier) == "accepted")
    act(county.node, DOCTOR, identifier, "arrived")
    act(county.node, DOCTOR, identifier, "admitted")
    act(county.node, DOCTOR, identifier, "discharged", {**PLAN, "day": TODAY})
    act(county.node, DOCTOR, identifier, "downOffered", unit=township.unit)
    plan = at_township.wait(order, "downOffered")
    print("the township reads:", "; ".join(line[5] for line in mllp.fields(plan, "OBX")))
    act(township.node, NURSE, identifier, "downTaken")
    until("the patient back", lambda: township.state(identifier) == "downTaken")
    act(township.node, NURSE, identifier, "followedUp", {"text": "按期复诊，无出血"})
    act(township.node, NURSE, identifier, "closed")
    return until("the end at the county", lambda: county.state(identifier) == "closed") and set(named) == set(entries)


if __name__ == "__main__":
    FOLDER, WAY, ORDER = sys.argv[1:4]
    MORE = sys.argv[4:]
    PORTS = MORE.pop(0).split(",") if WAY == "hl7" else []
    UNITS = MORE[0].split(",") if MORE else ["pingding-renmin", "zhangzhuang-wsy"]
    COUNTY = Hospital(sandbox.Node(FOLDER, "pingding"), DOCTOR, UNITS[0])
    TOWNSHIP = Hospital(sandbox.Node(FOLDER, "zhangzhuang"), NURSE, UNITS[1])
    DONE = by_fhir(TOWNSHIP, COUNTY, ORDER) if WAY == "fhir" else by_hl7(TOWNSHIP, COUNTY, ORDER, PORTS)
    print("closed" if DONE else "not what was sent")
    sys.exit(0 if DONE else 1)
