import django.db.models.deletion
from django.db import migrations, models

import sekisho.registry.proofs


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_people")]
    operations = [
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "domain",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="proof", to="registry.domain"),
                ),
                ("token", models.CharField(default=sekisho.registry.proofs.new_token, max_length=40)),
                ("report_address", models.CharField(blank=True, default="", max_length=254)),
                ("proved", models.DateTimeField(null=True)),
                ("by_operator", models.BooleanField(default=False)),
                ("seen", models.DateTimeField(null=True)),
                ("missed", models.DateTimeField(null=True)),
            ],
        ),
    ]
