"""People: the audit log (which takes over who looked at failure reports), invitations, single sign-on, second factors."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sekisho.registry.signon


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_channels")]
    operations = [
        migrations.DeleteModel(name="Look"),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(max_length=254)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("action", models.CharField(max_length=40)),
                ("target", models.CharField(blank=True, max_length=500)),
                ("detail", models.JSONField(default=dict)),
                ("address", models.CharField(blank=True, max_length=45)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="audit", to="registry.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-id"], name="audit_newest"),
                    models.Index(fields=["organisation", "action", "target", "-id"], name="audit_target"),
                    models.Index(fields=["person", "-id"], name="audit_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("needs_two_factors", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sign_in_rules", to="registry.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=sekisho.registry.signon.new_key, max_length=32, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("values", models.JSONField(default=dict)),
                ("sealed", models.BinaryField(default=b"")),
                ("is_on", models.BooleanField(default=True)),
                ("join_role", models.CharField(blank=True, default="", max_length=10)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sign_on", to="registry.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "Owner"), ("admin", "Admin"), ("analyst", "Analyst"), ("reader", "Reader")],
                        default="reader",
                        max_length=10,
                    ),
                ),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("created", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("expires", models.DateTimeField()),
                ("accepted", models.DateTimeField(null=True)),
                ("withdrawn", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="registry.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["organisation", "-id"], name="invitation_newest")]},
        ),
    ]
