"""Report addresses of inboxes: each listener that is there gets one."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sekisho.registry.models import new_report_token


def give_tokens(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    inboxes = apps.get_model("registry", "Inbox").objects.filter(kind="smtp", report_token=None)
    for number in inboxes.values_list("pk", flat=True):
        inboxes.filter(pk=number).update(report_token=new_report_token())


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0012_keeping"),
    ]

    operations = [
        migrations.AddField(model_name="inbox", name="report_token", field=models.CharField(max_length=32, null=True, unique=True)),
        migrations.RunPython(give_tokens, migrations.RunPython.noop),
    ]
