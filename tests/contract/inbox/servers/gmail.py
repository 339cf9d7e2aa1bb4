"""A local server that speaks the part of the Gmail API we use, as documented: messages, history, labels, batchModify."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.contract.inbox.servers.api import Api, Asked, Reply


def _error(status: int, message: str, reason: str = "") -> Reply:
    return Reply(status, {"error": {"code": status, "message": message, "errors": [{"reason": reason}]}})


def _challenge(form: dict[str, str]) -> str:
    """RFC 7636, 4.2."""
    return urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()


class Gmail(Api):
    """One mailbox; every change has a history id."""

    def __init__(self) -> None:
        super().__init__()
        self.labels = {"INBOX": "INBOX", "UNREAD": "UNREAD", "TRASH": "TRASH"}
        self.messages: dict[str, tuple[bytes, set[str]]] = {}
        self.history: list[tuple[int, str, str, set[str]]] = []
        """History id, `messagesAdded` or `labelsAdded`, message, labels."""
        self.now = 1000
        self.oldest = 0
        """History before this id is answered with 404."""
        self.refresh = "refresh-1"
        self.key: rsa.RSAPublicKey | None = None
        self.page = 4
        self.consents: dict[str, tuple[str, str]] = {}
        """Redirect and challenge by code."""

    def put(self, data: bytes, *labels: str) -> str:
        """A new mail."""
        with self.lock:
            name = f"{0x18F0 + len(self.messages) * 7:x}"
            marks = set(labels or ("INBOX", "UNREAD"))
            self.messages[name] = (data, marks)
            self._note("messagesAdded", name, marks)
            return name

    def agree(self, url: str) -> tuple[str, str]:
        """A person agrees on the page at this address; code and state as they come back to the redirect."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert (query["response_type"], query["code_challenge_method"], query["access_type"]) == ("code", "S256", "offline")
        assert query["scope"] == "https://www.googleapis.com/auth/gmail.modify"
        code = f"code-{len(self.consents) + 1}"
        self.consents[code] = (query["redirect_uri"], query["code_challenge"])
        return code, query["state"]

    def label(self, name: str, label: str) -> None:
        """A person adds a label."""
        with self.lock:
            self.messages[name][1].add(label)
            self._note("labelsAdded", name, {label})

    def _note(self, kind: str, name: str, labels: set[str]) -> None:
        self.now += 3
        self.history.append((self.now, kind, name, set(labels)))

    def is_open(self, asked: Asked) -> bool:
        return asked.path == "/token"

    def unauthorized(self) -> Reply:
        return _error(401, "Request had invalid authentication credentials.", "authError")

    def reply(self, asked: Asked) -> Reply:
        if asked.path == "/token":
            return self._sign_in(asked.form())
        path = asked.path.removeprefix("/gmail/v1/users/me")
        match asked.method, path:
            case "GET", "/profile":
                return Reply(
                    200, {"emailAddress": "reports@example.test", "historyId": str(self.now), "messagesTotal": len(self.messages)}
                )
            case "GET", "/messages":
                return self._list(asked)
            case "GET", "/history":
                return self._changes(asked)
            case "POST", "/messages/batchModify":
                return self._modify(asked)
            case "GET", "/labels":
                return Reply(200, {"labels": [{"id": key, "name": name} for key, name in self.labels.items()]})
            case "POST", "/labels":
                made = f"Label_{len(self.labels)}"
                self.labels[made] = asked.json()["name"]
                return Reply(200, {"id": made, "name": self.labels[made]})
        if found := re.fullmatch(r"/labels/([^/]+)", path):
            count = sum(found[1] in labels for _, labels in self.messages.values())
            return Reply(200, {"id": found[1], "name": self.labels[found[1]], "messagesTotal": count})
        if (found := re.fullmatch(r"/messages/([0-9a-f]+)", path)) and asked.query == {"format": "raw"}:
            if found[1] not in self.messages:
                return _error(404, "Requested entity was not found.", "notFound")
            data = self.messages[found[1]][0]
            raw = urlsafe_b64encode(data).decode()
            return Reply(200, {"id": found[1], "raw": raw, "internalDate": "1796000000000", "sizeEstimate": len(data)})
        return _error(404, f"no such path: {path}")

    def _sign_in(self, form: dict[str, str]) -> Reply:
        match form.get("grant_type"):
            case "refresh_token" if form.get("refresh_token") == self.refresh and form.get("client_secret") == "good-secret":
                return self.issue()
            case "authorization_code" if self.consents.get(form.get("code", "")) == (form["redirect_uri"], _challenge(form)):
                return self.issue(refresh_token=self.refresh)
            case "urn:ietf:params:oauth:grant-type:jwt-bearer" if self.key is not None:
                head, claims, signature = form["assertion"].split(".")
                self.key.verify(
                    urlsafe_b64decode(signature + "=="), f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256()
                )
                said = json.loads(urlsafe_b64decode(claims + "=="))
                assert said["exp"] - said["iat"] == 3600
                assert said["sub"] == "reports@example.test"
                assert said["scope"] == "https://www.googleapis.com/auth/gmail.modify"
                assert json.loads(urlsafe_b64decode(head + "==")) == {"alg": "RS256", "typ": "JWT", "kid": "kid-1"}
                return self.issue()
        return Reply(400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."})

    def _list(self, asked: Asked) -> Reply:
        found = [name for name, (_, labels) in self.messages.items() if asked.query["labelIds"] in labels][::-1]
        start = int(asked.query.get("pageToken", 0))
        page = found[start : start + self.page]
        more = {"nextPageToken": str(start + self.page)} if start + self.page < len(found) else {}
        return Reply(
            200, {"messages": [{"id": name, "threadId": name} for name in page], **more} if page else {"resultSizeEstimate": 0}
        )

    def _changes(self, asked: Asked) -> Reply:
        since, label = int(asked.query["startHistoryId"]), asked.query["labelId"]
        if since < self.oldest:
            return _error(404, "Requested entity was not found.", "notFound")
        found = [record for record in self.history if record[0] > since and label in record[3]]
        start = int(asked.query.get("pageToken", 0))
        records = []
        for number, kind, name, labels in found[start : start + self.page]:
            message = {"id": name, "threadId": name}
            if kind == "messagesAdded":
                records.append({"id": str(number), kind: [{"message": {**message, "labelIds": sorted(labels)}}]})
            else:
                records.append({"id": str(number), kind: [{"message": message, "labelIds": sorted(labels)}]})
        more = {"nextPageToken": str(start + self.page)} if start + self.page < len(found) else {}
        return Reply(200, {"historyId": str(self.now), **({"history": records} if records else {}), **more})

    def _modify(self, asked: Asked) -> Reply:
        change = asked.json()
        if len(change["ids"]) > 1000:
            return _error(400, "Too many messages.")
        for name in change["ids"]:
            if name in self.messages:
                labels = self.messages[name][1]
                labels -= set(change.get("removeLabelIds", ()))
                added = set(change.get("addLabelIds", ())) - labels
                labels |= added
                if added:
                    self._note("labelsAdded", name, added)
        return Reply(204)
