import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_interfaces")]
    operations = [
        migrations.AddField("channel", "domains", models.TextField(blank=True, default="")),
        migrations.AddField("channel", "digests", models.JSONField(default=list)),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="wish", to="registry.member"),
                ),
                ("rules", models.JSONField(default=dict)),
                ("daily", models.BooleanField(default=False)),
                ("weekly", models.BooleanField(default=True)),
                ("monthly", models.BooleanField(default=True)),
                ("language", models.CharField(blank=True, max_length=5)),
            ],
        ),
        migrations.CreateModel(
            name="Manners",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="manners", to="registry.organisation"
                    ),
                ),
                ("quiet_from", models.SmallIntegerField(null=True)),
                ("quiet_until", models.SmallIntegerField(default=8)),
            ],
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="digests", to="registry.organisation"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("period", models.CharField(max_length=100)),
                ("first_day", models.IntegerField(default=0)),
                ("last_day", models.IntegerField(default=0)),
                ("values", models.JSONField(default=dict)),
                ("made", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation", "kind", "period"), name="digest_once")],
            },
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sendings", to="registry.digest"),
                ),
                (
                    "channel",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sendings", to="registry.channel"),
                ),
                ("to", models.CharField(blank=True, max_length=254)),
                ("attempts", models.IntegerField(default=0)),
                ("due", models.DateTimeField()),
                ("sent", models.DateTimeField(null=True)),
                ("given_up", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("digest", "channel", "to"), name="sending_once")],
                "indexes": [
                    models.Index(condition=models.Q(("given_up", None), ("sent", None)), fields=["due"], name="sending_due")
                ],
            },
        ),
    ]
