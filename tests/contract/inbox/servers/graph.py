"""A local server that speaks the part of Microsoft Graph we use, as documented: mail folders, message delta, $value, $batch."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

from tests.contract.inbox.servers.api import Api, Asked, Reply

MAILBOX = "reports@contoso.test"


def _error(status: int, code: str, message: str, **headers: str) -> Reply:
    return Reply(status, {"error": {"code": code, "message": message}}, headers)


class Graph(Api):
    """One mailbox; messages are dicts by id."""

    def __init__(self) -> None:
        super().__init__()
        self._made = 0
        self.folders = {"inbox": ("", "Inbox")}
        self.messages: dict[str, dict[str, object]] = {}
        self.log: list[tuple[str, str]] = []
        """Folder and id of every message as it came into a folder: what a delta tells."""
        self.forgot = 0
        """Deltas that began before this place in the log are answered with 410."""
        self.agreed = False
        self.secret = "good-secret"
        self.refresh = "refresh-1"

    def put(self, data: bytes) -> str:
        """A new mail in the Inbox."""
        with self.lock:
            self._made += 1
            number = self._made
            name = f"AAMk/{number}=="
            self.messages[name] = {
                "data": data,
                "folder": "inbox",
                "isRead": False,
                "at": f"2026-11-24T07:{number // 60 % 60:02}:{number % 60:02}Z",
            }
            self.log.append(("inbox", name))
            return name

    def is_open(self, asked: Asked) -> bool:
        return asked.path.startswith("/tenant-1/oauth2/")

    def unauthorized(self) -> Reply:
        return _error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.")

    def reply(self, asked: Asked) -> Reply:
        if asked.path.startswith("/tenant-1/oauth2/v2.0/"):
            return self._sign_in(asked)
        if asked.path == "/v1.0/$batch":
            return self._batch(asked)
        user = asked.path.removeprefix("/v1.0/")
        for begin in (f"users/{MAILBOX}", "me"):
            if user.startswith(f"{begin}/"):
                return self._mailbox(asked, user.removeprefix(f"{begin}/"))
        return _error(404, "ErrorInvalidUser", "The requested user is invalid.")

    def _sign_in(self, asked: Asked) -> Reply:
        form = asked.form()
        if asked.path.endswith("/devicecode"):
            words = {"user_code": "ABCD-1234", "device_code": "device-1", "verification_uri": "https://login.example.test/device"}
            return Reply(200, {**words, "expires_in": 900, "interval": 5, "message": "..."})
        match form.get("grant_type"):
            case "client_credentials" if form.get("client_secret") == self.secret and form["scope"].endswith("/.default"):
                return self.issue()
            case "urn:ietf:params:oauth:grant-type:device_code" if form.get("device_code") == "device-1":
                if not self.agreed:
                    return Reply(400, {"error": "authorization_pending", "error_description": "not yet"})
                return self.issue(refresh_token=self.refresh)
            case "refresh_token" if form.get("refresh_token") == self.refresh:
                self.refresh = f"refresh-{int(self.refresh.split('-')[1]) + 1}"
                return self.issue(refresh_token=self.refresh)
        return Reply(401, {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided."})

    def _mailbox(self, asked: Asked, path: str) -> Reply:
        if found := re.fullmatch(r"mailFolders(?:/([^/]+)/childFolders)?", path):
            return self._folders(asked, unquote(found[1] or ""))
        if found := re.fullmatch(r"mailFolders/([^/]+)", path):
            folder = unquote(found[1])
            if folder not in self.folders:
                return _error(404, "ErrorItemNotFound", "The specified object was not found in the store.")
            count = sum(m["folder"] == folder for m in self.messages.values())
            return Reply(200, {"id": folder, "displayName": self.folders[folder][1], "totalItemCount": count})
        if found := re.fullmatch(r"mailFolders/([^/]+)/messages/delta", path):
            return self._delta(asked, unquote(found[1]))
        if found := re.fullmatch(r"messages/([^/]+)(/\$value|/move)?", path):
            return self._message(asked, unquote(found[1]), found[2] or "")
        return _error(400, "BadRequest", f"no such path: {path}")

    def _folders(self, asked: Asked, parent: str) -> Reply:
        if asked.method == "POST":
            made = f"F{len(self.folders)}"
            self.folders[made] = (parent, str(asked.json()["displayName"]))
            return Reply(201, {"id": made, "displayName": self.folders[made][1]})
        wanted = re.fullmatch(r"displayName eq '(.*)'", asked.query["$filter"])
        assert wanted is not None
        name = wanted[1].replace("''", "'")
        found = [{"id": key, "displayName": value[1]} for key, value in self.folders.items() if value == (parent, name)]
        return Reply(200, {"value": found})

    def _delta(self, asked: Asked, folder: str) -> Reply:
        if folder not in self.folders:
            return _error(404, "ErrorItemNotFound", "The specified object was not found in the store.")
        token = asked.query.get("$skiptoken") or asked.query.get("$deltatoken") or "0"
        if "$skiptoken" not in asked.query and "$deltatoken" not in asked.query:
            assert asked.query["changeType"] == "created"
        start = int(token)
        if start < self.forgot and token != "0":
            return _error(410, "syncStateNotFound", "The sync state generation is not found; a full sync is needed.")
        size = int(re.search(r"odata.maxpagesize=(\d+)", asked.headers["Prefer"])[1])  # type: ignore[index]
        assert 'IdType="ImmutableId"' in asked.headers["Prefer"]
        end = min(start + size, len(self.log))
        entries: list[dict[str, object]] = []
        for where, name in self.log[start:end]:
            if where == folder and name in self.messages and self.messages[name]["folder"] == folder:
                entries.append({"id": name, "receivedDateTime": self.messages[name]["at"]})
            elif where == folder:
                entries.append({"id": name, "@removed": {"reason": "deleted"}})
        base = f"http://{asked.headers['Host']}{asked.path}"
        link = (
            {"@odata.nextLink": f"{base}?$skiptoken={end}"}
            if end < len(self.log)
            else {"@odata.deltaLink": f"{base}?$deltatoken={end}"}
        )
        return Reply(200, {"value": entries[::-1], **link})

    def _message(self, asked: Asked, name: str, action: str) -> Reply:
        message = self.messages.get(name)
        if message is None:
            return _error(404, "ErrorItemNotFound", "The specified object was not found in the store.")
        match asked.method, action:
            case "GET", "/$value":
                return Reply(200, message["data"], {"Content-Type": "text/plain"})
            case "PATCH", "":
                message.update(asked.json())
                return Reply(200, {"id": name})
            case "DELETE", "":
                del self.messages[name]
                return Reply(204)
            case "POST", "/move":
                message["folder"] = asked.json()["destinationId"]
                self.log.append((str(message["folder"]), name))
                return Reply(201, {"id": name})
        return _error(405, "Request_BadRequest", "no such action")

    def _batch(self, asked: Asked) -> Reply:
        requests = asked.json()["requests"]
        if len(requests) > 20:
            return _error(400, "BadRequest", "The maximum number of requests in a batch is 20.")
        replies = []
        for one in requests:
            inner = Asked(one["method"], f"/v1.0{one['url']}", {}, {}, json.dumps(one.get("body")).encode())
            made = self.fails.pop(0) if self.fails else self.reply(inner)
            replies.append({"id": one["id"], "status": made.status, "headers": made.headers, "body": made.body})
        return Reply(200, {"responses": replies[::-1]})
