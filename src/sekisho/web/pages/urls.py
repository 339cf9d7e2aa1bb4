"""The addresses under `/<org>/` (design.md, 2)."""

from django.urls import URLPattern, path

from sekisho.web.pages import (
    deciding,
    deliveries,
    domains,
    exporting,
    glossary,
    groups,
    hosts,
    overview,
    places,
    raw,
    reports,
    upload,
)

org_urls: list[URLPattern] = [
    path("overview", overview.overview, name="overview"),
    path("domains/", domains.domains, name="domains"),
    path("domains/<str:name>/", domains.domain, name="domain"),
    path("domains/<str:name>/groups/", domains.domain_groups, name="domain_groups"),
    path("domains/<str:name>/hosts/", domains.domain_hosts, name="domain_hosts"),
    path("domains/<str:name>/reports/", domains.domain_reports, name="domain_reports"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<path:key>/", groups.group, name="group"),
    path("hosts/", hosts.hosts, name="hosts"),
    path("hosts/<path:address>/", hosts.host, name="host"),
    path("map", places.places, name="map"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:key>/", reports.report, name="report"),
    path("reports/<int:key>/raw", raw.report_raw, name="report_raw"),
    path("reports/<int:key>/download", raw.report_download, name="report_download"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/status", deliveries.status, name="deliveries_status"),
    path("deliveries/adopt", deliveries.adopt, name="deliveries_adopt"),
    path("deliveries/reread", deliveries.reread, name="deliveries_reread"),
    path("deliveries/<int:number>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:number>/download", raw.delivery_download, name="delivery_download"),
    path("upload", upload.upload, name="upload"),
    path("export/records.<str:format>", exporting.records, name="export_records"),
    path("decide", deciding.decide, name="decide"),
    path("help/", glossary.help_, name="help"),
    path("help/<slug:term>", glossary.help_term, name="help_term"),
]
