"""Delivery services of the world: what sends newsletters, receipts and notices for its customers."""

from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import SenderKind

SENDERS = read_table(
    SenderKind.SERVICE,
    """
sendgrid | SendGrid | | https://docs.sendgrid.com/
    hosts sendgrid.net sendgrid.com; spf sendgrid.net; dkim sendgrid.net sendgrid.me sendgrid.info; return sendgrid.net
amazon-ses | Amazon SES | | https://docs.aws.amazon.com/ses/
    hosts amazonses.com; spf amazonses.com; dkim amazonses.com; return amazonses.com
mailgun | Mailgun | | https://documentation.mailgun.com/
    hosts mailgun.net mailgun.org; spf mailgun.org; dkim mailgun.org mailgun.net; return mailgun.org mailgun.net
""",
)
