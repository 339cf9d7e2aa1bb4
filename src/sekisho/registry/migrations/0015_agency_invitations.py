"""Invitations to agencies."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0014_sign_on_required"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="organisation",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="registry.organisation"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="agency",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="registry.agency"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("organisation", None)),
                    models.Q(("agency", None), ("organisation__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_to_one",
            ),
        ),
    ]
