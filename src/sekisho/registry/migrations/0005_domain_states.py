import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_alerts"),
    ]

    operations = [
        migrations.CreateModel(
            name="DomainState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("checked", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("wanted", models.JSONField(default=dict)),
                ("sheet", models.JSONField(default=dict)),
                ("changes", models.JSONField(default=list)),
                (
                    "domain",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="states", to="registry.domain"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["domain", "-id"], name="domain_state_newest")],
            },
        ),
    ]
