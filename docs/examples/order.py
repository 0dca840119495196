#!/usr/bin/env python3
"""Orders an examination at a Yilian node: cards, one result opened, one decision. Python's standard library only.

  echo 'urn:oid:2.16.156.10011.1.3|999999196804129172' | python3 order.py https://NODE:8443 --token-file his.token \\
      --ca ca.crt --practitioner dr-li --identifier - P-LIVER L-GLU

- reads the identifier from standard input: on a command line it would show in the list of processes. Without --yes and --reason nothing is decided.
"""

import argparse
import json
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid


class Node:
    def __init__(self, url, token, ca, practitioner):
        self.url = url.rstrip("/")
        self.headers = {
            "Authorization": "Bearer " + token,
            "Content-Type": "application/json",
            "X-Yilian-Practitioner": urllib.parse.quote(practitioner),
        }
        self.context = ssl.create_default_context(cafile=ca)

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=self.headers)
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            problem = json.load(refusal)
            sys.exit(f"{refusal.code} {problem['code']}: {problem['messageChinese']} {problem['message']} {problem.get('remedy') or ''}")


def hook(identifier, codes):
    """A CDS Hooks call: who the patient is, and what is about to be signed."""
    system, value = identifier.split("|", 1)
    orders = [{"resource": {
        "resourceType": "ServiceRequest", "id": str(number), "status": "draft", "intent": "order",
        "subject": {"reference": "Patient/1"}, "identifier": [{"value": f"ORDER-{uuid.uuid4()}"}],
        "code": {"coding": [{"system": "urn:yilian:catalogue", "code": code}]}}}
        for number, code in enumerate(codes, 1)]
    return {
        "hook": "order-sign", "hookInstance": str(uuid.uuid4()),
        "context": {"userId": "Practitioner/1", "patientId": "1",
                    "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": orders}},
        "prefetch": {"patient": {"resourceType": "Patient", "id": "1",
                                 "identifier": [{"system": system, "value": value}]}},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("codes", nargs="+")
    for name in ("token-file", "ca", "practitioner", "identifier"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--yes", action="store_true", help="recognise the first result that is offered")
    parser.add_argument("--reason", help="or have it repeated, for this reason")
    given = parser.parse_args()
    if given.identifier == "-":
        given.identifier = sys.stdin.readline().strip()
    with open(given.token_file, encoding="utf-8") as file:
        node = Node(given.url, file.read().strip(), given.ca, given.practitioner)

    service = next(s for s in node.call("/cds-services")["services"] if s["hook"] == "order-sign")
    answer = node.call("/cds-services/" + service["id"], hook(given.identifier, given.codes))
    for card in answer["cards"]:
        print(f"[{card['indicator']}] {card['summary']}")
    match = answer["extension"]["cn.yilian.match"]
    offers = [(item, candidate) for item in match["items"] for candidate in item["candidates"]]
    for item, candidate in offers:
        print(f"  {item['item']}: {candidate['text']['zh']} {candidate['text']['en']}")
    offers = [offer for offer in offers if offer[1]["verdict"] != "not"]
    if not offers:
        return print("nothing to recognise")

    item, candidate = offers[0]
    system, value = given.identifier.split("|", 1)
    opened = node.call("/recognition/open", {
        "patient": [{"system": system, "value": value}], "entry": candidate["entry"], "match": match["match"]})
    print(f"opened {candidate['entry']}, served by {opened['servedBy']}")
    for observation in opened["report"].get("contained", []):
        if observation["resourceType"] == "Observation":
            print("   ", observation["code"].get("text"), observation.get("valueQuantity", {}).get("value"))
    if given.yes or given.reason:
        outcome = {"outcome": "recognised"} if given.yes else {"outcome": "repeated", "reason": given.reason}
        decision = {"match": match["match"], "item": item["item"], "entry": candidate["entry"], **outcome}
        print("decided:", json.dumps(node.call("/recognition/decisions", decision)))


if __name__ == "__main__":
    main()
