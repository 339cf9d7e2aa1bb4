"""Single sign-on as the only way in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0013_report_addresses"),
    ]

    operations = [
        migrations.AddField(model_name="signon", name="is_required", field=models.BooleanField(default=False)),
    ]
