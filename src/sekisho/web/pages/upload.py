"""Upload: reports from this computer, kept durably before the page answers, read by the worker afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sekisho.registry import deliveries as inbox
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Delivery
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.asked import ask
from sekisho.web.pages.deliveries import line, mine, told
from sekisho.web.pages.reports import report_tabs
from sekisho.web.pages.roles import may_change

MAX_BYTES = 64 << 20
"""Of one file; the largest real reports are a few MiB."""
LIMIT_WORDS = f"{MAX_BYTES >> 20} MiB"
MAX_FILES = 100
RECENT = 10


@org_page
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: OrgRequest) -> HttpResponse:
    """The drop zone; a POST keeps the files and answers with what became of each."""
    allowed = may_change(request)
    if request.method == "POST":
        return _take(request) if allowed else HttpResponseForbidden()
    asked = ask(request)
    recent = mine(request.org).filter(door="upload")[:RECENT]
    return render(
        request,
        "pages/upload.html",
        {
            **report_tabs(asked, "upload"),
            "may_change": allowed,
            "limit": LIMIT_WORDS,
            "recent": [line(row) for row in recent],
        },
    )


def _take(request: OrgRequest) -> HttpResponse:
    """Keeps what is small enough; tells of each file, in JSON when asked for it."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    files = [file for file in request.FILES.getlist("files") + request.FILES.getlist("file") if isinstance(file, UploadedFile)][
        :MAX_FILES
    ]
    small = [file for file in files if (file.size or 0) <= MAX_BYTES]
    ids: list[int] = []
    for file in small:
        ids += inbox.accept(request.org.pk, [(file.name or "", file.read())], door="upload")
    if ids:
        note(request, Action.UPLOADED, len(ids), names=[file.name for file in small])
    large = [file for file in files if file not in small]
    if wants_json:
        return _as_json(request, ids, large)
    for file in large:
        messages.error(request, _too_large(file))
    if ids:
        text = ngettext("%(n)d file was received and is being read.", "%(n)d files were received and are being read.", len(ids))
        messages.success(request, text % {"n": len(ids)})
    elif not large:
        messages.warning(request, _("No file was chosen."))
    return redirect("upload", org=request.org.slug)


def _as_json(request: OrgRequest, ids: list[int], large: list[UploadedFile[bytes]]) -> JsonResponse:
    rows = {row.pk: row for row in Delivery.objects.filter(pk__in=ids, organisation=request.org)}
    told_of = [told(request, rows[pk]) for pk in ids]
    told_of += [
        {"name": file.name, "state": "done", "outcome": "too_large", "tone": "bad", "text": _too_large(file), "url": ""}
        for file in large
    ]
    if not told_of:
        return JsonResponse({"error": _("No file was chosen.")}, status=400)
    first = {"delivery": ids[0], "state": "waiting"} if ids else {}
    return JsonResponse({"files": told_of, **first}, status=413 if large and not ids else 200)


def _too_large(file: UploadedFile[bytes]) -> str:
    return _("%(name)s is larger than %(limit)s and was not taken.") % {"name": file.name, "limit": LIMIT_WORDS}
