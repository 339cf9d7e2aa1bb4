import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def name_the_scope(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Tokens so far were for delivery alone, under another word."""
    apps.get_model("registry", "Token").objects.filter(scopes="deliver").update(scopes="ingest")


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_first_hour")]
    operations = [
        migrations.RenameField(model_name="token", old_name="scope", new_name="scopes"),
        migrations.AlterField(model_name="token", name="scopes", field=models.CharField(default="ingest", max_length=64)),
        migrations.AddField(
            model_name="token",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="token", name="is_personal", field=models.BooleanField(default=False)),
        migrations.RunPython(name_the_scope, migrations.RunPython.noop),
    ]
